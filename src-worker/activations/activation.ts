import type { Definition } from '../definition';
import type { ActivationKind } from '../experiment/document';
import type { FloatArray } from '../tensor';

/**
 * An activation a = g(z) with its derivative beside it. Both work on `[rows, columns]`, one row per example, allocate
 * nothing and overwrite their last array.
 */
export interface ActivationDefinition<K extends ActivationKind = ActivationKind> extends Definition<K> {
  /** Values of z where g′ or g″ jumps: central differences say nothing across them, so a gradient check has to stay away. */
  readonly kinks: readonly number[];

  /** a = g(z). Stable for every finite z; NaN stays NaN, so that a diverged run cannot hide. `a` may be `z`. */
  forward(z: FloatArray, a: FloatArray, rows: number, columns: number): void;

  /**
   * delta = ∂L/∂z out of da = ∂L/∂a: `da ∘ g′(z)` where g works element by element, the whole Jacobian where it does not.
   * `delta` may be the same array as `da`.
   */
  backward(z: FloatArray, a: FloatArray, da: FloatArray, delta: FloatArray, rows: number, columns: number): void;
}
