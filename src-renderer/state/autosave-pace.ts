/** A change is kept this long after it was made: soon, and together with those that follow at once. */
const DELAY_MS = 3_000;
/** However dear keeping is, no change waits longer than this for its turn. */
const MOST_DELAY_MS = 5_000;
/** Of the time, at most this share goes into keeping, as far as {@link MOST_DELAY_MS} allows. */
const SHARE = 0.02;

/**
 * When the next keeping is due, in the clock of its arguments, milliseconds.
 * @param dirtySince of the oldest change that is not kept
 * @param idleSince  when the last keeping ended
 * @param costMs     how long that took
 */
export function dueAt(dirtySince: number, idleSince: number, costMs: number): number {
  const polite = Math.max(dirtySince + DELAY_MS, idleSince + costMs * (1 / SHARE - 1));
  return Math.min(polite, dirtySince + MOST_DELAY_MS);
}
