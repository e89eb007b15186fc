/** What the repeats of one peer on one workload say. Steps per second, so that more is better. */
export interface Speed {
  readonly median: number;
  readonly best: number;
  readonly worst: number;
  /** In the order they were taken. */
  readonly samples: readonly number[];
}

/** Middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted[Math.floor(sorted.length / 2)];
  const below = sorted[Math.ceil(sorted.length / 2) - 1];
  if (above === undefined || below === undefined) throw new Error('There is no median of no values.');
  return (below + above) / 2;
}

/** Speed from the seconds that repeats of `steps` steps took. */
export function speedOf(steps: number, seconds: readonly number[]): Speed {
  const samples = seconds.map((duration) => steps / duration);
  return { median: median(samples), best: Math.max(...samples), worst: Math.min(...samples), samples };
}

/**
 * How many times as fast `ours` is, by the medians. `certain` where the spreads do not overlap: on a noisy machine a smaller
 * difference than that proves nothing.
 */
export function compareSpeeds(ours: Speed, theirs: Speed): { readonly ratio: number; readonly certain: boolean } {
  const certain = ours.worst > theirs.best || theirs.worst > ours.best;
  return { ratio: ours.median / theirs.median, certain };
}
