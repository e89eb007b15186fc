import type { ActivationDefinition } from '../activations';
import type { Task } from '../api';
import type { Definition } from '../definition';
import type { ActivationKind, LossKind } from '../experiment/document';
import type { FloatArray } from '../tensor';

/** The last layer after a forward pass: what a loss is computed from. All arrays are `[rows, columns]`. */
export interface Output {
  readonly z: FloatArray;
  /** ŷ = g(z). */
  readonly a: FloatArray;
  /** Targets: one-hot rows for classes, 0 or 1 for one unit, numbers for regression. */
  readonly y: FloatArray;
  readonly rows: number;
  readonly columns: number;
  readonly activation: ActivationDefinition;
}

/**
 * A loss with its derivative beside it. The output activation belongs to it: a loss that is made for one activation goes
 * straight from z, so that a saturated unit gives a large number and never NaN.
 */
export interface LossDefinition<K extends LossKind = LossKind> extends Definition<K> {
  /** Output activations it can be computed from. */
  readonly activations: readonly ActivationKind[];
  /** Tasks whose targets it measures. */
  readonly tasks: readonly Task[];
  /** Fewest output units that make sense. */
  readonly minimumOutputs: number;

  /** Σ over the rows of L(ŷ, y); the cost is this over the number of examples. */
  loss(output: Output): number;

  /**
   * delta = ∂L/∂z of each example, without the 1/m. CS229 notes, backpropagation §2, step 1.
   * @param delta `[rows, columns]`, overwritten
   */
  delta(output: Output, delta: FloatArray): void;
}
