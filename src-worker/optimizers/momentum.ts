import { learningRateField, memoryField } from './learning-rate';
import type { OptimizerDefinition } from './optimizer';

/**
 * Momentum as the notes mean it, an average of the gradients:
 *
 *   v ← β v + (1 − β) ∂J/∂W,   W ← W − α v        CS229 notes (3.33)
 *
 * PyTorch, Keras and ONNX mean v ← β v + ∂J/∂W by the word: there the same α moves 1/(1 − β) times as far.
 */
export const momentum: OptimizerDefinition<'momentum'> = {
  kind: 'momentum',
  label: 'Momentum',
  summary: 'A step along the running average of the gradients, which evens out what differs from batch to batch.',
  fields: [
    learningRateField,
    memoryField({
      name: 'beta',
      label: 'Memory',
      help: 'How much of the average stays with each step: 0 is plain gradient descent, 0.9 averages about ten steps.',
      symbol: 'β',
      default: 0.9,
    }),
  ],
  equation:
    'v \\leftarrow \\beta v + (1 - \\beta)\\,\\frac{\\partial J}{\\partial W^{[\\ell]}}, \\qquad W^{[\\ell]} \\leftarrow W^{[\\ell]} - \\alpha v',
  source: 'CS229 notes (3.33)',
  slots: ['v'],
  counts: false,

  update({ learningRate, beta }, W, g, [v]) {
    for (let i = 0; i < W.length; i++) {
      v![i] = beta * v![i]! + (1 - beta) * g[i]!;
      W[i]! -= learningRate * v![i]!;
    }
  },
};
