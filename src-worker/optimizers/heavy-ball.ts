import { learningRateField, memoryField } from './learning-rate';
import type { OptimizerDefinition } from './optimizer';

/** μ of {@link heavyBall} and Nesterov's rule. */
export const momentumField = memoryField({
  name: 'momentum',
  label: 'Momentum',
  help: 'How much of the velocity stays with each step: 0.9 moves up to ten times as far as the gradient alone.',
  symbol: 'μ',
  default: 0.9,
});

/**
 * The heavy ball, a sum of gradients and not an average:
 *
 *   v ← μ v + ∂J/∂W,   W ← W − α v        Polyak (1964), in the form of PyTorch's SGD with momentum
 *
 * The notes' momentum (3.33) with the learning rate α/(1 − β) is the same path.
 */
export const heavyBall: OptimizerDefinition<'heavy-ball'> = {
  kind: 'heavy-ball',
  label: 'Heavy ball',
  summary: 'A ball that rolls down the cost: gradients of the same direction add up to a velocity.',
  fields: [{ ...learningRateField, default: 0.01 }, momentumField],
  equation:
    'v \\leftarrow \\mu v + \\frac{\\partial J}{\\partial W^{[\\ell]}}, \\qquad W^{[\\ell]} \\leftarrow W^{[\\ell]} - \\alpha v',
  source: 'Polyak (1964), Some methods of speeding up the convergence of iteration methods',
  slots: ['v'],
  counts: false,

  update({ learningRate, momentum }, W, g, [v]) {
    for (let i = 0; i < W.length; i++) {
      v![i] = momentum * v![i]! + g[i]!;
      W[i]! -= learningRate * v![i]!;
    }
  },
};
