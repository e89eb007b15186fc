import type { ClassWeights } from './document';

/** The cost of a step as KaTeX: w is by class, and k(i) the class of example i. */
export const WEIGHTED_COST = String.raw`J = \frac{1}{m} \sum_{i=1}^{m} w_{k(i)}\, \mathcal{L}^{(i)}`;

/**
 * What an example of each class counts in the cost of a training step, J = (1/m) Σᵢ w_{k(i)} L⁽ⁱ⁾ over the m examples of a batch, where k(i) is
 * the class of example i. `balanced` is m / (K · m_k), where m_k of the m training examples are of class k and K classes have any: all
 * classes then count the same, and the mean over the training part is 1. Numbers are taken as they stand; a class without one counts 1.
 *
 * PyTorch's `CrossEntropyLoss(weight=w, reduction='sum')` divided by m; its `'mean'` divides by Σᵢ w_{k(i)} instead.
 * Source of `balanced`: scikit-learn, compute_class_weight('balanced'), after G. King, L. Zeng, Political Analysis 9 (2001).
 *
 * @param counts training examples of each class, in the order of `classes`
 * @returns one number per class, fresh; a class without examples counts 1 where it is balanced
 */
export function weightsOfClasses(
  weights: ClassWeights,
  classes: readonly string[],
  counts: ArrayLike<number>,
): readonly number[] {
  if (weights === 'none') return classes.map(() => 1);
  if (weights !== 'balanced') return classes.map((name) => (Object.hasOwn(weights, name) ? weights[name]! : 1));
  const members = classes.map((_, k) => counts[k] ?? 0);
  const examples = members.reduce((sum, count) => sum + count, 0);
  const present = members.filter((count) => count > 0).length;
  return members.map((count) => (count === 0 ? 1 : examples / (present * count)));
}

/** Those that give single classes numbers; null for a word. */
export function numbersByClass(weights: ClassWeights): Readonly<Record<string, number>> | null {
  return typeof weights === 'string' ? null : weights;
}
