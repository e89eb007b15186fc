import type { TrainingSpec } from '../../src-worker/experiment/document';

/** Where training settings changed while a run went on. */
export interface SettingsChange {
  /** In epochs, with the share of the one that was under way. */
  readonly epoch: number;
  readonly from: TrainingSpec;
  readonly to: TrainingSpec;
}

/** `rate 0.5 → 0.2`; what changed in the way the weights are updated, or an empty string. */
export function describeChange({ from, to }: SettingsChange): string {
  const words: string[] = [];
  const before = numbersOf(from);
  for (const [name, value] of Object.entries(numbersOf(to))) {
    const previous = before[name];
    if (previous === undefined || previous === value) continue;
    words.push(name === 'kind' ? `${previous} → ${value}` : `${name} ${previous} → ${value}`);
  }
  return words.join(', ');
}

/**
 * The list with one more change; changes at the same place become one, and one that is taken back there is none.
 */
export function withChange(changes: readonly SettingsChange[], added: SettingsChange): readonly SettingsChange[] {
  const last = changes.at(-1);
  const together = last?.epoch === added.epoch;
  const change = together ? { ...added, from: last.from } : added;
  const others = together ? changes.slice(0, -1) : changes;
  return describeChange(change) === '' ? others : [...others, change];
}

function numbersOf(training: TrainingSpec): Readonly<Record<string, string | number>> {
  const { optimizer, schedule, l2, l1, clipNorm, earlyStopping } = training;
  const { learningRate, ...others } = optimizer;
  const { kind, ...numbers } = schedule;
  return {
    ...{ rate: learningRate, ...others, L2: l2, L1: l1, clip: clipNorm, schedule: kind },
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`schedule ${name}`, value])),
    'early stopping': earlyStopping === null ? 'off' : `after ${earlyStopping.patience}`,
  };
}
