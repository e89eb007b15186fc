import type { CarryReport, Progress } from '../../src-worker/api';
import { numbersByClass, weightsOfClasses } from '../../src-worker/experiment/class-weights';
import type { TrainingSpec } from '../../src-worker/experiment/document';
import { sameValue } from '../../src-worker/experiment/same-value';
import { writeNumber } from '../../src-worker/experiment/write-number';
import { describeNetworkChange, type IdentifiedLayers } from './layer-changes';
import type { Subject } from './subject';

/** More class weights than these are counted, not named. */
const MOST_CLASSES = 2;

/** Where something changed while a run went on. */
export interface RunMark {
  /** In epochs, with the share of the one that was under way. */
  readonly epoch: number;
  readonly from: TrainingSpec;
  readonly to: TrainingSpec;
  /** What else changed, such as the network, in few words; left out where only training settings did. */
  readonly words?: string;
}

/** `rate 0.5 → 0.2`; what changed, or an empty string. */
export function describeMark({ from, to, words: more = '' }: RunMark): string {
  const words: string[] = more === '' ? [] : [more];
  const before = numbersOf(from);
  for (const [name, value] of Object.entries(numbersOf(to))) {
    const previous = before[name];
    if (previous === undefined || previous === value) continue;
    words.push(`${name === 'kind' ? '' : `${name} `}${written(previous)} → ${written(value)}`);
  }
  return [...words, ...classWeightWords(from, to)].join(', ');
}

function written(value: string | number): string {
  return typeof value === 'number' ? writeNumber(value) : value;
}

/** `weight of dog 2 → 3`; of many classes only how many. */
function classWeightWords(from: TrainingSpec, to: TrainingSpec): readonly string[] {
  const [before, after] = [numbersByClass(from.classWeights), numbersByClass(to.classWeights)];
  if (before === null || after === null) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const [old, now] = [weightsOfClasses(before, names, []), weightsOfClasses(after, names, [])];
  const words = names.flatMap((name, k) => (old[k] === now[k] ? [] : [`weight of ${name} ${old[k]} → ${now[k]}`]));
  return words.length > MOST_CLASSES ? [`${words.length} class weights`] : words;
}

/**
 * The list with one more mark; marks at the same place become one, and a change that is taken back there is none.
 */
export function withMark(marks: readonly RunMark[], added: RunMark): readonly RunMark[] {
  const last = marks.at(-1);
  const together = last?.epoch === added.epoch;
  const words = [together ? last.words : undefined, added.words].filter((each) => each !== undefined && each !== '');
  const change = { epoch: added.epoch, from: together ? last.from : added.from, to: added.to };
  const mark: RunMark = words.length === 0 ? change : { ...change, words: words.join(', ') };
  const others = together ? marks.slice(0, -1) : marks;
  return describeMark(mark) === '' ? others : [...others, mark];
}

/** The mark of an edit that was taken up where the run stood. */
export function markOf(
  { epoch, batchInEpoch, batchesPerEpoch }: Progress,
  before: Subject,
  after: Subject,
  report: CarryReport | null,
): RunMark {
  const byHand = after.enters.kind === 'carried' ? '' : after.label.toLowerCase();
  const words = [describeEdit(before, after, report), byHand].filter((each) => each !== '').join(', ');
  const [from, to] = [before.document.training, after.document.training];
  return { epoch: epoch + batchInEpoch / batchesPerEpoch, from, to, words };
}

/** What an edit did beside the training settings: to the network, the data, and how much of the weights is new. */
function describeEdit(before: IdentifiedLayers, after: IdentifiedLayers, report: CarryReport | null): string {
  const words: string[] = [];
  const network = describeNetworkChange(before, after);
  if (network !== '') words.push(network);
  if (!sameValue(before.document.data, after.document.data)) words.push('data');
  if (report !== null && report.fresh > 0) words.push(`${report.fresh.toLocaleString('en')} new`);
  return words.join(', ');
}

function numbersOf(training: TrainingSpec): Readonly<Record<string, string | number>> {
  const { optimizer, schedule, l2, l1, clipNorm, earlyStopping, batchSize, seed, classWeights } = training;
  const { learningRate, ...others } = optimizer;
  const { kind, ...numbers } = schedule;
  return {
    ...{ rate: learningRate, ...others, L2: l2, L1: l1, clip: clipNorm, schedule: kind },
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`schedule ${name}`, value])),
    'early stopping': earlyStopping === null ? 'off' : `after ${earlyStopping.patience}`,
    ...{ batch: batchSize, 'seed of the order': seed },
    'class weights': typeof classWeights === 'string' ? classWeights : 'by class',
  };
}
