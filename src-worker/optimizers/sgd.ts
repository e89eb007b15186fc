import type { OptimizerDefinition } from './optimizer';
import { learningRateField } from './learning-rate';

/**
 * Gradient descent: W ← W − α ∂J/∂W, with J the mean over the batch. The batch size makes it gradient descent (all
 * examples), mini-batch (some) or stochastic gradient descent (one). CS229 notes (3.10), (3.31), (3.32).
 */
export const sgd: OptimizerDefinition<'sgd'> = {
  kind: 'sgd',
  label: 'Gradient descent',
  summary: 'A step against the gradient; stochastic, mini-batch or full, as the batch size says.',
  fields: [learningRateField],
  equation: 'W^{[\\ell]} \\leftarrow W^{[\\ell]} - \\alpha\\,\\frac{\\partial J}{\\partial W^{[\\ell]}}',
  source: 'CS229 notes (3.31)',
  slots: [],
  counts: false,

  update({ learningRate }, W, g) {
    for (let i = 0; i < W.length; i++) W[i]! -= learningRate * g[i]!;
  },
};
