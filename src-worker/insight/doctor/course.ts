import type { EpochRecord } from '../../api';
import type { Evidence } from './doctor-types';

/** Epochs before the curves are judged at all. */
export const EARLIEST = 5;
/** Averages are taken over this share of the run, and over no more than this many epochs. */
const WINDOW_SHARE = 0.2;
const LONGEST_WINDOW = 50;
/** A fall of the train loss from window to window below this share of it is none. */
const FALL = 0.02;
/** By how much the neighbours must do better before the network is said to lag: in share of answers, and as a factor of RMSE. */
const LAG = 0.08;
const LAG_RMSE = 1.5;

/** What the curves come to, averaged over the last epochs. */
export interface Course {
  readonly window: number;
  readonly firstLoss: number;
  readonly trainLoss: number;
  readonly devLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly devAccuracy: number | null;
  readonly trainRmse: number | null;
  readonly devRmse: number | null;
  readonly best: EpochRecord | null;
  /** Whether the train loss has levelled off. */
  readonly flat: boolean;
  /** Share of the epochs in which the train loss fell. */
  readonly falls: number;
}

/** Null before there is enough to judge. */
export function courseOf({ records }: Pick<Evidence, 'records'>): Course | null {
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined || last.epoch < EARLIEST) return null;
  const window = Math.max(1, Math.min(LONGEST_WINDOW, Math.floor((records.length - 1) * WINDOW_SHARE)));
  const now = records.slice(-window);
  const trainLoss = mean(now, ({ train }) => train.loss)!;
  const before = mean(records.slice(-2 * window, -window), ({ train }) => train.loss)!;
  const fell = records.filter(({ train }, k) => k > 0 && train.loss < records[k - 1]!.train.loss).length;
  return {
    window,
    firstLoss: first.train.loss,
    trainLoss,
    devLoss: mean(now, ({ dev }) => dev?.loss),
    trainAccuracy: mean(now, ({ train }) => train.accuracy),
    devAccuracy: mean(now, ({ dev }) => dev?.accuracy),
    trainRmse: mean(now, ({ train }) => train.rmse),
    devRmse: mean(now, ({ dev }) => dev?.rmse),
    best: bestOf(records),
    flat: trainLoss > before * (1 - FALL),
    falls: fell / Math.max(1, records.length - 1),
  };
}

/**
 * Whether the network answers its own training rows worse than the nearest other rows would: there is something to learn that it has
 * not learned. Noise that nobody could learn does not count, for the neighbours cannot learn it either.
 */
export function lags({ neighbours, task }: Evidence, { trainAccuracy, trainRmse }: Course): boolean {
  if (neighbours === null) return false;
  if (task === 'regression') return trainRmse !== null && trainRmse > neighbours.score * LAG_RMSE;
  return (
    trainAccuracy !== null && trainAccuracy < neighbours.score - Math.max(LAG, scatter(trainAccuracy, neighbours.rows))
  );
}

/** Two standard errors of a share of so many examples. */
export function scatter(share: number, examples: number): number {
  return 2 * Math.sqrt((share * (1 - share)) / Math.max(1, examples));
}

function bestOf(records: readonly EpochRecord[]): EpochRecord | null {
  let best: EpochRecord | null = null;
  for (const record of records) if ((record.dev?.loss ?? Infinity) < (best?.dev?.loss ?? Infinity)) best = record;
  return best;
}

/** Null where there is nothing to take it of, or a value is missing. */
function mean(
  records: readonly EpochRecord[],
  read: (record: EpochRecord) => number | null | undefined,
): number | null {
  if (records.length === 0) return null;
  let sum = 0;
  for (const record of records) {
    const value = read(record);
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return sum / records.length;
}
