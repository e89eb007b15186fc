import type { ActivationKind, LossKind } from '../../experiment/document';
import { activations } from '../../activations';
import { losses, type LossDefinition } from '../../losses';
import type { FloatArray } from '../../tensor';

/**
 * L(ŷ, y) of each example, by the definition of the loss: from z where the loss is computed from it, so that a saturated output has the loss
 * that it has in training.
 *
 * @param z `[rows, columns]` of the last layer; where it has no activation, ŷ
 * @param yHat `[rows, columns]`
 * @param y `[rows, columns]`
 * @returns `[rows]`, fresh; NaN where z or an output is not a number
 */
export function exampleLosses(
  kind: LossKind,
  activation: ActivationKind,
  z: FloatArray,
  yHat: FloatArray,
  y: FloatArray,
  columns: number,
): Float64Array {
  const definition: LossDefinition = losses[kind];
  return Float64Array.from({ length: yHat.length / columns }, (_, row) => {
    const of = (array: FloatArray): FloatArray => array.subarray(row * columns, (row + 1) * columns);
    const output = { z: of(z), a: of(yHat), y: of(y), rows: 1, columns, activation: activations[activation] };
    return definition.loss(output);
  });
}
