import { sizeOf, type FloatArray, type Shape } from '../../src-worker/tensor';
import type { DescribedTensor, TensorStatistics } from './read-model';

/** An array of a file with its values widened to floats; `values` is null for what is no array of numbers. */
export interface FileTensor {
  readonly name: string;
  readonly type: string;
  readonly shape: Shape;
  readonly values: FloatArray | null;
}

export function describeTensor({ name, type, shape, values }: FileTensor): DescribedTensor {
  return { name, type, shape, statistics: values === null ? null : statisticsOf(values) };
}

export function countNumbers(tensors: readonly FileTensor[]): number {
  return tensors.reduce((sum, { shape, values }) => sum + (values === null ? 0 : sizeOf(shape)), 0);
}

/** In two passes, so that a mean far from zero does not spoil the deviation. */
function statisticsOf(values: FloatArray): TensorStatistics | null {
  if (values.length === 0) return null;
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count += 1;
  }
  if (count === 0) return { min: NaN, max: NaN, mean: NaN, deviation: NaN, notFinite: values.length };
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return { min, max, mean, deviation: Math.sqrt(squares / count), notFinite: values.length - count };
}
