/** A file of golden vectors: where its numbers come from and how well they must be met. Never regenerated to make a test pass. */
export interface Golden<Case> {
  readonly source: string;
  readonly generator: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly tolerance: { readonly float64: number; readonly float32: number };
  readonly cases: readonly Case[];
}

/** Below this size a value is compared absolutely: central differences have no digits there. */
const FLOOR = 1e-3;

/** Share of the array's largest entry below which a value is compared with it: what cancels keeps no digits of its own. */
const CANCELLATION = 1e-2;

/**
 * Worst relative error between two arrays: |actual − expected| / max(|expected|, 1e-2 · largest |expected|, 1e-3). Infinite where the
 * lengths differ or one is NaN, so that neither can pass.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let floor = FLOOR;
  for (let i = 0; i < expected.length; i++) floor = Math.max(floor, CANCELLATION * Math.abs(expected[i]!));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(Math.abs(expected[i]!), floor);
    if (Number.isNaN(error)) return Infinity;
    worst = Math.max(worst, error);
  }
  return worst;
}
