import type { ClassWeights } from '../experiment/document';
import type { Precision } from '../engine';
import { createFloats, type FloatArray } from '../tensor';

/**
 * What each training example counts in the cost: m / (K · m_k) for an example of class k, where m_k of the m examples are of
 * that class and K classes have any, so that all classes count the same and the mean is 1.
 * Source: scikit-learn, compute_class_weight('balanced'), after G. King, L. Zeng, Political Analysis 9 (2001).
 *
 * @param classAt class index of the n-th example
 * @returns one weight per example, fresh; undefined where every example counts the same
 */
export function weighExamples(
  weights: ClassWeights,
  count: number,
  classes: number,
  classAt: (n: number) => number,
  precision: Precision,
): FloatArray | undefined {
  if (weights === 'none' || classes === 0) return undefined;
  const counts = new Uint32Array(classes);
  for (let n = 0; n < count; n++) counts[classAt(n)]!++;
  const present = counts.reduce((k, members) => k + (members > 0 ? 1 : 0), 0);
  const values = createFloats(count, precision);
  for (let n = 0; n < count; n++) values[n] = count / (present * counts[classAt(n)]!);
  return values;
}
