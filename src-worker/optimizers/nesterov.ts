import { momentumField } from './heavy-ball';
import { learningRateField } from './learning-rate';
import type { OptimizerDefinition } from './optimizer';

/**
 * Nesterov's momentum, which looks one step of the velocity ahead:
 *
 *   v ← μ v + ∂J/∂W,   W ← W − α (∂J/∂W + μ v)        Sutskever et al. (2013), in the form of PyTorch's SGD
 *
 * W here is the point ahead at which the gradient is taken, so that one gradient a step is enough.
 */
export const nesterov: OptimizerDefinition<'nesterov'> = {
  kind: 'nesterov',
  label: 'Nesterov',
  summary: 'The heavy ball that looks ahead: it brakes before the far side of a valley instead of on it.',
  fields: [{ ...learningRateField, default: 0.01 }, momentumField],
  equation:
    'v \\leftarrow \\mu v + \\frac{\\partial J}{\\partial W^{[\\ell]}}, \\qquad W^{[\\ell]} \\leftarrow W^{[\\ell]} - \\alpha \\Big(\\frac{\\partial J}{\\partial W^{[\\ell]}} + \\mu v\\Big)',
  source: 'Sutskever et al. (2013), On the importance of initialization and momentum in deep learning',
  slots: ['v'],
  counts: false,

  update({ learningRate, momentum }, W, g, [v]) {
    for (let i = 0; i < W.length; i++) {
      v![i] = momentum * v![i]! + g[i]!;
      W[i]! -= learningRate * (g[i]! + momentum * v![i]!);
    }
  },
};
