import { succeed } from '../problem';
import { sizeOf } from '../tensor';
import type { LayerDefinition } from './layer';

/**
 * Flattening: all numbers of an image in one row, channel after channel, row after row, CS229 notes §3. A dense layer does it by
 * itself; this one shows it.
 *
 * x `[rows, …inputShape]`, z and delta `[rows, product of inputShape]`: the same numbers in the same order.
 */
export const flatten: LayerDefinition<'flatten'> = {
  kind: 'flatten',
  label: 'Flatten',
  summary: 'Puts the numbers of an image in one row. A dense layer does so by itself: this one only shows it.',
  fields: [],
  equation: 'a^{[\\ell]} = \\mathrm{vec}(a^{[\\ell-1]})',
  source: 'CS229 notes §3',
  outputShape: ({ inputShape }) => succeed([sizeOf(inputShape)]),
  parameters: () => [],
  parameterFormula: () => '',

  create({ inputShape }) {
    const size = sizeOf(inputShape);
    return {
      forward: (x, z, { rows }) => z.set(x.subarray(0, rows * size)),
      backward: (_x, delta, dx, { rows }) => dx?.set(delta.subarray(0, rows * size)),
    };
  },
};
