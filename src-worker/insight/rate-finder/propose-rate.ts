import type { RateProposal } from './rate-finder-types';

/** Of the planned updates, so many on each side are averaged. */
const NEIGHBOURS = 1 / 25;
/** Times the scatter of an average that a fall must have to be one. */
const ABOVE_SCATTER = 4;
/** Of the first loss that it must fall at least. */
const LEAST_FALL = 0.01;

/** How many neighbours on each side an average has, in a search of so many updates. */
export function neighboursOf(updates: number): number {
  return Math.max(1, Math.round(updates * NEIGHBOURS));
}

/** Means over `reach` neighbours on both sides, fewer at the ends and always as many on one side as on the other: none lags behind. */
export function averaged(losses: ArrayLike<number>, reach: number): Float64Array {
  return Float64Array.from(losses, (_, i) => {
    const near = Math.min(reach, i, losses.length - 1 - i);
    let sum = 0;
    for (let j = i - near; j <= i + near; j++) sum += losses[j]!;
    return sum / (2 * near + 1);
  });
}

/**
 * The rate at which the loss falls most steeply over ln η, before it is lowest: the slope is that of the least-squares line through
 * each loss and its neighbours, ∑ j·L(i+j) / ∑ j². Null where the loss falls no further than it scatters.
 *
 * Source: the range test of L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186 (2015), §3.3; that the
 * steepest fall is taken is the rule of the fastai library.
 * @param rates each the same factor above the one before
 */
export function proposeRate(rates: ArrayLike<number>, losses: ArrayLike<number>, reach: number): RateProposal | null {
  const count = losses.length;
  if (count < 2 * reach + 2) return null;
  const smoothed = averaged(losses, reach);
  let lowest = 0;
  for (let i = 1; i < count; i++) if (smoothed[i]! < smoothed[lowest]!) lowest = i;
  let start = 0;
  for (let i = 0; i <= 2 * reach; i++) start += losses[i]! / (2 * reach + 1);
  const fall = start - smoothed[lowest]!;
  if (!(fall > LEAST_FALL * Math.abs(start) && fall > ABOVE_SCATTER * scatter(losses, smoothed, reach))) return null;
  let steepest = -1;
  let slope = 0;
  for (let i = reach; i <= Math.min(lowest, count - 1 - reach); i++) {
    let moment = 0;
    for (let j = -reach; j <= reach; j++) moment += j * losses[i + j]!;
    if (moment < slope) [steepest, slope] = [i, moment];
  }
  return steepest < 0 ? null : { rate: Number(rates[steepest]!.toPrecision(2)), index: steepest };
}

/** Standard error of an average, from how far the losses lie from it before anything moves. */
function scatter(losses: ArrayLike<number>, smoothed: Float64Array, reach: number): number {
  const quiet = Math.max(2 * reach, Math.floor(losses.length / 4));
  let squares = 0;
  for (let i = 0; i < quiet; i++) squares += (losses[i]! - smoothed[i]!) ** 2;
  return Math.sqrt(squares / quiet / (2 * reach + 1));
}
