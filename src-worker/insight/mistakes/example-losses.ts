import type { ActivationKind, LossKind } from '../../experiment/document';
import { activations } from '../../activations';
import { losses, type LossDefinition } from '../../losses';
import type { FloatArray } from '../../tensor';

/** The smallest float32, and half the distance from 1 to the float32 before it: what an output of 0 or 1 may have been at most. */
const LEAST = 2 ** -149;
const LEAST_BELOW_ONE = 2 ** -25;

/** z out of ŷ, for the losses that are computed from z: softmax leaves any shift of z free, sigmoid none. */
const zOf: Readonly<Record<LossKind, (yHat: number) => number>> = {
  squared: () => 0,
  logistic: (yHat) => Math.log(Math.max(yHat, LEAST)) - Math.log(Math.max(1 - yHat, LEAST_BELOW_ONE)),
  'cross-entropy': (yHat) => Math.log(Math.max(yHat, LEAST)),
};

/**
 * L(ŷ, y) of each example, by the definition of the loss, out of the outputs alone. Of a saturated output it is a lower bound: about 103
 * for a softmax and 17 for a sigmoid in float32.
 *
 * @param yHat `[rows, columns]`
 * @param y `[rows, columns]`
 * @returns `[rows]`, fresh; NaN where an output is not a number
 */
export function exampleLosses(
  kind: LossKind,
  activation: ActivationKind,
  yHat: FloatArray,
  y: FloatArray,
  columns: number,
): Float64Array {
  const definition: LossDefinition = losses[kind];
  const a = Float64Array.from(yHat);
  const z = a.map(zOf[kind]);
  return Float64Array.from({ length: yHat.length / columns }, (_, row) => {
    const of = (array: FloatArray): FloatArray => array.subarray(row * columns, (row + 1) * columns);
    const output = { z: of(z), a: of(a), y: of(y), rows: 1, columns, activation: activations[activation] };
    return definition.loss(output);
  });
}
