import type { Precision } from '../engine';
import { weightsOfClasses } from '../experiment/class-weights';
import type { ClassWeights } from '../experiment/document';
import { createFloats, type FloatArray } from '../tensor';

/**
 * What each training example counts in the cost: the weight of its class, see `weightsOfClasses`.
 *
 * @param classes their names, in the order of their indices; none for a regression
 * @param classAt class index of the n-th example
 * @returns one weight per example, fresh; undefined where every example counts the same
 */
export function weighExamples(
  weights: ClassWeights,
  count: number,
  classes: readonly string[],
  classAt: (n: number) => number,
  precision: Precision,
): FloatArray | undefined {
  if (weights === 'none' || classes.length === 0) return undefined;
  const counts = new Uint32Array(classes.length);
  for (let n = 0; n < count; n++) counts[classAt(n)]!++;
  const each = weightsOfClasses(weights, classes, counts);
  const values = createFloats(count, precision);
  for (let n = 0; n < count; n++) values[n] = each[classAt(n)]!;
  return values;
}
