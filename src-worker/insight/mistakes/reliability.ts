import type { Reliability } from './mistakes-types';

export const BINS = 10;

/**
 * How often what was given a probability came true, bin by bin (DeGroot and Fienberg, The Statistician 32, 1983), and the expected
 * calibration error Σ_b (n_b / m) |share_b − confidence_b| (Naeini et al., AAAI 2015).
 *
 * @param probabilities from 0 to 1; what is not a number counts nowhere
 * @param came whether it came true, 1 or 0
 */
export function reliability(probabilities: ArrayLike<number>, came: ArrayLike<number>): Reliability {
  const count = new Uint32Array(BINS);
  const confidence = new Float64Array(BINS);
  const share = new Float64Array(BINS);
  let total = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (Number.isNaN(p)) continue;
    const bin = binOf(p);
    total++;
    count[bin]!++;
    confidence[bin]! += p;
    share[bin]! += came[i]!;
  }
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    confidence[bin]! /= count[bin]!;
    share[bin]! /= count[bin]!;
    if (count[bin]! > 0) error += (count[bin]! / total) * Math.abs(share[bin]! - confidence[bin]!);
  }
  return { count, confidence, share, error: total === 0 ? NaN : error };
}

/** The bin (b/10, (b+1)/10]; 0 belongs to the first. */
function binOf(p: number): number {
  let bin = 0;
  while (bin < BINS - 1 && (bin + 1) * (1 / BINS) < p) bin++;
  return bin;
}
