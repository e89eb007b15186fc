import type { Experiment } from '../../src-worker/api';
import { writeNumber } from '../../src-worker/experiment/write-number';

/** One setting in which some runs differ. */
export interface Difference {
  /** As the document calls it: `network.layers[0].units`. */
  readonly path: string;
  /** Of each run, in their order; a dash where it has none. */
  readonly values: readonly string[];
}

export type SettingValue = number | string | boolean;

/** Every setting of a document by its path, but its name; one that is not there is `none`, a long list says how long it is. */
export function settingsOf({ data, network, training }: Experiment): ReadonlyMap<string, SettingValue> {
  const found = new Map<string, SettingValue>();
  collect({ data, network, training }, '', found);
  return found;
}

/** As people read it, with every digit: `0.01`, `1,024`, `1e12`. */
export function formatSetting(value: SettingValue): string {
  if (typeof value !== 'number') return String(value);
  // Counts, such as epochs, are read with their thousands apart.
  const grouped = value >= 1 && value < 1e7;
  return grouped ? value.toLocaleString('en', { maximumFractionDigits: 20 }) : writeNumber(value);
}

/** Everything in which two or more documents differ, but their names. */
export function differences(documents: readonly Experiment[]): readonly Difference[] {
  const settings = documents.map(settingsOf);
  const paths = new Set(settings.flatMap((each) => [...each.keys()]));
  return [...paths]
    .map((path) => ({ path, values: settings.map((each) => formatted(each.get(path))) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function formatted(value: SettingValue | undefined): string {
  return value === undefined ? '–' : formatSetting(value);
}

function collect(value: unknown, path: string, found: Map<string, SettingValue>): void {
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) found.set(path, value === null ? 'none' : (value as SettingValue)); // what JSON can hold
  } else if (Array.isArray(value)) {
    // Such as that of the rows left out.
    if (value.length > 50) found.set(path, `${value.length.toLocaleString('en')} entries`);
    else value.forEach((each, index) => collect(each, `${path}[${index}]`, found));
  } else {
    for (const [key, each] of Object.entries(value)) collect(each, path === '' ? key : `${path}.${key}`, found);
  }
}
