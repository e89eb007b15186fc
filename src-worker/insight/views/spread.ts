import { euclideanNorm } from '../../kernels/reference';
import type { FloatArray } from '../../tensor';
import type { Spread } from './look-types';

/** Bins of a spread: enough for a shape, few enough to keep hundreds of them. */
export const BINS = 48;

/** More numbers than this are drawn from evenly: no picture would show the difference. */
export const MOST_COUNTED = 2 ** 18;

/** How the numbers are spread: one pass for the moments, one for the bins. */
export function spreadOf(values: FloatArray): Spread {
  const { length } = values;
  const stride = strideOf(length);
  let [count, looked, zeros, min, max, sum, squares] = [0, 0, 0, Infinity, -Infinity, 0, 0];
  for (let i = 0; i < length; i += stride) {
    const value = values[i]!;
    looked++;
    if (!Number.isFinite(value)) continue;
    count++;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    squares += value * value;
  }
  const notFinite = looked - count;
  const counts = new Uint32Array(BINS);
  const of = length;
  if (count === 0) return { count, of, notFinite, zeros, min: 0, max: 0, mean: 0, deviation: 0, norm: 0, counts };
  const mean = sum / count;
  const width = max - min;
  // A width that is beyond the largest number, or below the smallest, makes no bins.
  const scale = width > 0 && Number.isFinite(BINS / width) ? BINS / width : 0;
  let distances = 0;
  for (let i = 0; i < length; i += stride) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    distances += (value - mean) ** 2;
    counts[scale === 0 ? 0 : Math.min(BINS - 1, Math.floor((value - min) * scale))]! += 1;
  }
  // The norm is of all of them, and not of those that were drawn.
  const norm = stride === 1 ? Math.sqrt(squares) : euclideanNorm([values]);
  return { count, of, notFinite, zeros, min, max, mean, deviation: Math.sqrt(distances / count), norm, counts };
}

/** Not a divisor of a power of two, by which the columns of most matrices lie. */
function strideOf(length: number): number {
  const stride = Math.ceil(length / MOST_COUNTED);
  return stride > 1 && stride % 2 === 0 ? stride + 1 : stride;
}
