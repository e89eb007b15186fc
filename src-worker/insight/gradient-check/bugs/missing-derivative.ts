import { trainedArrays, upToLastBend } from './arrays';
import type { BugDefinition } from './bug';
import { withActivationBackward } from './change';

/** delta = da: the chain rule stops short of the activation. */
export const missingDerivative: BugDefinition<'missing-derivative'> = {
  kind: 'missing-derivative',
  label: 'A forgotten g′',
  summary: 'On the way back the hidden layers are taken for linear: the factor g′(z) is left out.',
  right: "\\delta^{[\\ell]} = \\bigl(W^{[\\ell+1]}\\bigr)^{\\top} \\delta^{[\\ell+1]} \\circ g'(z^{[\\ell]})",
  wrong: '\\delta^{[\\ell]} = \\bigl(W^{[\\ell+1]}\\bigr)^{\\top} \\delta^{[\\ell+1]}',
  needs: 'It needs a hidden layer whose activation is not the identity.',

  hits: ({ layers }) => trainedArrays(upToLastBend(layers)),

  plant: (registries, network) => ({
    registries: withActivationBackward(registries, (definition) => (z, a, da, delta, rows, columns) => {
      const last = network().layers.findLast(({ resolved }) => resolved.activation !== null);
      if (z === last?.z) definition.backward(z, a, da, delta, rows, columns);
      else if (delta !== da) delta.set(da.subarray(0, rows * columns));
    }),
  }),
};
