import { scale } from '../../../kernels/reference';
import { trainedArrays, weightedLayers } from './arrays';
import type { BugDefinition } from './bug';
import { afterBackward } from './change';

/** dW summed over the examples and not averaged. */
export const missingMean: BugDefinition<'missing-mean'> = {
  kind: 'missing-mean',
  label: 'A missing 1/m',
  summary: 'The gradients of the weights are summed over the examples, but the cost is their mean.',
  right: 'dW^{[\\ell]} = \\frac{1}{m} \\sum_i \\delta^{[\\ell](i)} \\bigl(a^{[\\ell-1](i)}\\bigr)^{\\top}',
  wrong: 'dW^{[\\ell]} = \\sum_i \\delta^{[\\ell](i)} \\bigl(a^{[\\ell-1](i)}\\bigr)^{\\top}',
  needs: 'It needs more than one example.',

  hits: ({ layers, rows }) => (rows > 1 ? trainedArrays(weightedLayers(layers), 'W') : []),

  plant: (registries) => ({
    registries: afterBackward(registries, ({ resources, pass: { rows } }) => {
      const dW = resources.gradients[0]!;
      scale(dW, rows, dW.length);
    }),
  }),
};
