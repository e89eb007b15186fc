import { trainedArrays } from './arrays';
import type { BugDefinition } from './bug';
import { afterDelta } from './change';

/** ŷ − y, which has the output's g′ in it already, times that g′ once more. */
export const derivativeTwice: BugDefinition<'derivative-twice'> = {
  kind: 'derivative-twice',
  label: 'g′ of the output twice',
  summary: 'The delta of the output is multiplied by g′ although the derivative of the loss has taken it in already.',
  right: '\\delta^{[L]} = \\frac{\\partial \\mathcal{L}}{\\partial z^{[L]}}',
  wrong: "\\delta^{[L]} = \\frac{\\partial \\mathcal{L}}{\\partial z^{[L]}} \\circ g'(z^{[L]})",
  needs: 'It needs an output whose activation is not the identity.',

  hits({ layers }) {
    const { activation } = layers.at(-1)!;
    return activation === null || activation === 'identity' ? [] : trainedArrays(layers);
  },

  plant: (registries) => ({
    registries: afterDelta(registries, ({ z, a, rows, columns, activation }, delta) =>
      activation.backward(z, a, delta, delta, rows, columns),
    ),
  }),
};
