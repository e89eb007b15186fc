import type { FloatArray } from '../../tensor';
import type { Spread } from './look-types';

/** Bins of a spread: enough for a shape, few enough to keep hundreds of them. */
export const BINS = 48;

/** How the numbers are spread: one pass for the moments, one for the bins. */
export function spreadOf(values: FloatArray): Spread {
  let [count, zeros, min, max, sum, squares] = [0, 0, Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count++;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    squares += value * value;
  }
  const notFinite = values.length - count;
  const counts = new Uint32Array(BINS);
  if (count === 0) return { count, notFinite, zeros, min: 0, max: 0, mean: 0, deviation: 0, norm: 0, counts };
  const mean = sum / count;
  const width = max - min;
  // A width that is beyond the largest number, or below the smallest, makes no bins.
  const scale = width > 0 && Number.isFinite(BINS / width) ? BINS / width : 0;
  let distances = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    distances += (value - mean) ** 2;
    counts[scale === 0 ? 0 : Math.min(BINS - 1, Math.floor((value - min) * scale))]! += 1;
  }
  const deviation = Math.sqrt(distances / count);
  return { count, notFinite, zeros, min, max, mean, deviation, norm: Math.sqrt(squares), counts };
}
