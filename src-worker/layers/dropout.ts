import { fail, succeed } from '../problem';
import { sizeOf, type FloatArray } from '../tensor';
import { maskBits, maskSeed, maskThreshold } from './dropout-mask';
import type { LayerDefinition, Pass } from './layer';

/**
 * Inverted dropout. In training each number is set to 0 with probability p, the rate, and the others are divided by 1 − p, so
 * that the expected value stays the same; in evaluation nothing happens.
 *
 *   forward   z = x ∘ r,  r_i = 1 / (1 − p) with probability 1 − p, else 0
 *   backward  dx = delta ∘ r
 *
 * r is drawn anew for every step, see dropout-mask.ts. The product is with 0, not a choice: NaN and infinity show.
 * Source: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: A Simple Way to Prevent Neural
 * Networks from Overfitting", JMLR 15 (2014), §4; scaled in training, as its §10 describes.
 */
export const dropout: LayerDefinition<'dropout'> = {
  kind: 'dropout',
  label: 'Dropout',
  summary: 'Sets a share of the numbers to 0 in every training step, so that no unit can rely on another one.',
  fields: [
    {
      name: 'rate',
      label: 'Rate',
      help: 'Share of the numbers that is set to 0 in a training step; the others are scaled up to make up for it.',
      symbol: 'p',
      type: 'number',
      default: 0.2,
      min: 0,
      max: 1,
      exclusiveMax: true,
      step: 0.05,
    },
  ],
  equation:
    'a^{[\\ell]} = a^{[\\ell-1]} \\circ r^{[\\ell]}, \\qquad r_i = \\begin{cases} 0 & \\text{with probability } p \\\\ \\frac{1}{1 - p} & \\text{otherwise} \\end{cases}',
  source: 'Srivastava et al. 2014',
  notLast: 'it would blank out answers at random while the network learns',

  outputShape({ layer: { rate }, name, path, inputShape }) {
    if (!(rate >= 0 && rate < 1)) {
      return fail({
        code: 'layer/rate',
        message: `${name} expects a rate of at least 0 and less than 1, but has ${rate}.`,
        hint: 'Rates from 0.1 to 0.5 are usual; a rate of 1 would leave nothing to learn from.',
        path: `${path}.rate`,
      });
    }
    return succeed(inputShape);
  },

  parameters: () => [],
  parameterFormula: () => '',

  create({ layer: { rate }, inputShape }, { key }) {
    const size = sizeOf(inputShape);
    const threshold = maskThreshold(rate);
    const factor = 1 / (1 - rate);
    const mask = (from: FloatArray, to: FloatArray, { rows, step }: Pass): void => {
      const seed = maskSeed(key, step);
      for (let i = 0; i < rows * size; i++) to[i] = from[i]! * (maskBits(seed, i) >= threshold ? factor : 0);
    };
    return {
      forward(x, z, pass) {
        if (pass.mode === 'training') mask(x, z, pass);
        else z.set(x.subarray(0, pass.rows * size));
      },
      backward(_x, delta, dx, pass) {
        if (dx !== null) mask(delta, dx, pass);
      },
    };
  },
};
