import type { EpochRecord, Finding, Problem } from '../../src-worker/api';
import { formatCount, formatNumber, formatPercent, formatPlural } from '../charts/format';
import { bestDevRecord } from './curve-metric';

/** What the curves say, in plain words with the numbers it rests on. */
export interface Verdict {
  readonly tone: 'good' | 'neutral' | 'warning' | 'bad';
  readonly title: string;
  readonly detail: string;
}

/** What the verdict needs to know beyond the records. */
export interface VerdictContext {
  /** Examples in the dev part: how far its accuracy scatters by chance. */
  readonly devExamples: number;
  /** Share of the largest class, what always answering it would score; null for regression. */
  readonly largestClass: number | null;
}

/** Epochs after epoch 0 before the curves are judged at all. */
const EARLIEST = 5;
/** Averages are taken over this share of the run, and over no more than this many epochs. */
const WINDOW_SHARE = 0.2;
const LONGEST_WINDOW = 50;

/** Above these a difference is worth a word. */
const GAP = 0.03; // accuracy of train above dev
const RATIO = 1.25; // dev RMSE over train RMSE
const FALL = 0.01; // relative fall of the train loss from window to window
const ABOVE_LARGEST = 0.02; // accuracy above always answering the largest class

/** An ailment that the doctor found speaks before all that the curves say. */
export function describeFinding({ ailment, sentence, grounds }: Finding): Verdict {
  return { tone: ailment === 'diverged' ? 'bad' : 'warning', title: sentence, detail: grounds };
}

/** A run that the doctor could not look at is not a healthy one: nothing is known of it. */
export function unexamined(problem: Problem): Verdict {
  return { tone: 'neutral', title: 'The doctor could not look at this run.', detail: sentences(problem) };
}

/** Judges a healthy run by its records; null before anything was trained. The first rule that applies speaks. */
export function judgeCurves(records: readonly EpochRecord[], context: VerdictContext): Verdict | null {
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined || last.epoch === 0) return null;
  if (last.epoch < EARLIEST) {
    const detail = `Train loss ${formatNumber(first.train.loss)} at the start, ${formatNumber(last.train.loss)} now.`;
    return { tone: 'neutral', title: 'Just begun. A few more epochs tell more.', detail };
  }
  const facts = gather(records, first);
  return notLearning(facts, context) ?? apart(facts, context) ?? together(facts, context);
}

/** What stands in place of a verdict while there is nothing to judge: what to press, or what to put right first. */
export function beforeTraining(obstacle: Problem | undefined): Verdict {
  if (obstacle !== undefined) return { tone: 'neutral', title: 'Not trainable yet.', detail: sentences(obstacle) };
  return {
    tone: 'neutral',
    title: 'Not trained yet.',
    detail: 'Press Train, or the space bar: loss and accuracy appear here, epoch by epoch.',
  };
}

interface Facts {
  readonly epochs: number;
  readonly window: number;
  readonly firstLoss: number;
  readonly trainLoss: number;
  readonly earlierTrainLoss: number;
  readonly devLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly devAccuracy: number | null;
  readonly trainRmse: number | null;
  readonly devRmse: number | null;
  readonly best: EpochRecord | null;
}

function gather(records: readonly EpochRecord[], first: EpochRecord): Facts {
  const epochs = records.length - 1;
  const window = Math.max(1, Math.min(LONGEST_WINDOW, Math.floor(epochs * WINDOW_SHARE)));
  const now = records.slice(-window);
  const before = records.slice(-2 * window, -window);
  return {
    epochs,
    window,
    firstLoss: first.train.loss,
    trainLoss: mean(now, (record) => record.train.loss) ?? Number.NaN,
    earlierTrainLoss: mean(before, (record) => record.train.loss) ?? Number.NaN,
    devLoss: mean(now, (record) => record.dev?.loss),
    trainAccuracy: mean(now, (record) => record.train.accuracy),
    devAccuracy: mean(now, (record) => record.dev?.accuracy),
    trainRmse: mean(now, (record) => record.train.rmse),
    devRmse: mean(now, (record) => record.dev?.rmse),
    best: bestDevRecord(records),
  };
}

function notLearning(facts: Facts, { largestClass }: VerdictContext): Verdict | null {
  const { firstLoss, trainLoss, trainAccuracy } = facts;
  const losses = `Train loss ${formatNumber(trainLoss)} ${over(facts)}, ${formatNumber(firstLoss)} at the start.`;
  if (trainLoss > firstLoss * (1 - FALL)) {
    const title = 'Not learning. Try another learning rate or other initial weights.';
    return { tone: 'warning', title, detail: losses };
  }
  if (
    trainAccuracy !== null &&
    largestClass !== null &&
    trainAccuracy < largestClass + ABOVE_LARGEST &&
    !falls(facts)
  ) {
    const detail = `Train accuracy ${formatPercent(trainAccuracy)} ${over(facts)}; always answering the largest class gives ${formatPercent(largestClass)}.`;
    return { tone: 'warning', title: 'Stuck at the level of one answer for all.', detail };
  }
  return null;
}

function apart(facts: Facts, { devExamples }: VerdictContext): Verdict | null {
  const { trainAccuracy, devAccuracy, trainRmse, devRmse } = facts;
  if (trainAccuracy !== null && devAccuracy !== null) {
    const gap = trainAccuracy - devAccuracy;
    const chance = scatter(devAccuracy, devExamples);
    if (gap <= Math.max(GAP, chance)) return null;
    const detail = `Gap ${points(gap)} ${over(facts)}; ${formatPlural(devExamples, 'dev example')} scatter by ${points(chance)}. More L2 or more data help.`;
    return { tone: 'warning', title: 'Train runs ahead of dev.', detail };
  }
  if (trainRmse !== null && devRmse !== null && devRmse > trainRmse * RATIO) {
    const detail = `RMSE ${formatNumber(trainRmse)} on train, ${formatNumber(devRmse)} on dev, ${over(facts)}. More L2 or more data help.`;
    return { tone: 'warning', title: 'Train runs ahead of dev.', detail };
  }
  return null;
}

function together(facts: Facts, context: VerdictContext): Verdict {
  const state = falls(facts) ? 'Learning well.' : 'Levelled off.';
  const tone = falls(facts) || facts.devLoss !== null ? 'good' : 'neutral';
  const best =
    facts.best === null
      ? ''
      : ` Best dev loss ${formatNumber(facts.best.dev?.loss)} at epoch ${formatCount(facts.best.epoch)}.`;
  if (facts.devLoss === null) {
    const detail = `Train loss ${formatNumber(facts.trainLoss)} ${over(facts)}, ${formatNumber(facts.firstLoss)} at the start. There is no dev part to compare with.`;
    return { tone, title: state, detail };
  }
  return {
    tone,
    title: `${state} Train and dev stay together.`,
    detail: `${gapOf(facts)} ${over(facts)}${chanceOf(facts, context)}.${best}`,
  };
}

function gapOf({ trainAccuracy, devAccuracy, trainRmse, devRmse }: Facts): string {
  if (trainAccuracy !== null && devAccuracy !== null) return `Gap ${points(Math.abs(trainAccuracy - devAccuracy))}`;
  return `RMSE ${formatNumber(trainRmse)} on train, ${formatNumber(devRmse)} on dev,`;
}

/** Says so where a gap is worth a word but may be chance. */
function chanceOf({ trainAccuracy, devAccuracy }: Facts, { devExamples }: VerdictContext): string {
  if (trainAccuracy === null || devAccuracy === null || trainAccuracy - devAccuracy <= GAP) return '';
  return `, within the ${points(scatter(devAccuracy, devExamples))} that ${formatPlural(devExamples, 'dev example')} scatter by`;
}

/** Two standard errors of a share: a smaller gap may be the luck of which examples are in the dev part. */
function scatter(share: number, examples: number): number {
  return 2 * Math.sqrt((share * (1 - share)) / Math.max(1, examples));
}

function falls({ trainLoss, earlierTrainLoss }: Facts): boolean {
  return trainLoss < earlierTrainLoss * (1 - FALL);
}

function over({ window }: Facts): string {
  return window === 1 ? 'in the last epoch' : `over the last ${window} epochs`;
}

function points(difference: number): string {
  const value = (difference * 100).toFixed(1);
  return `${value} ${value === '1.0' ? 'point' : 'points'}`;
}

function sentences({ message, hint }: Problem): string {
  return `${message} ${hint}`;
}

function mean(
  records: readonly EpochRecord[],
  read: (record: EpochRecord) => number | null | undefined,
): number | null {
  let sum = 0;
  for (const record of records) {
    const value = read(record);
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return records.length === 0 ? null : sum / records.length;
}
