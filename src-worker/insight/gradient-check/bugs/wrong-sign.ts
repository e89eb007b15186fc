import { scale } from '../../../kernels/reference';
import { trainedArrays } from './arrays';
import type { BugDefinition } from './bug';
import { afterDelta } from './change';

/** y − ŷ in place of ŷ − y: gradient descent would climb. */
export const wrongSign: BugDefinition<'wrong-sign'> = {
  kind: 'wrong-sign',
  label: 'A wrong sign',
  summary: 'The delta of the output is target minus prediction, so every gradient points uphill.',
  right: '\\delta^{[L]} = (\\hat{y} - y) \\cdots',
  wrong: '\\delta^{[L]} = (y - \\hat{y}) \\cdots',
  needs: 'It needs a trained layer.',

  hits: ({ layers }) => trainedArrays(layers),

  plant: (registries) => ({
    registries: afterDelta(registries, ({ rows, columns }, delta) => scale(delta, -1, rows * columns)),
  }),
};
