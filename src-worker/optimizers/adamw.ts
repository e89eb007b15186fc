import { scale } from '../kernels/reference';
import { adamFields, stepAdam } from './adam';
import type { OptimizerDefinition } from './optimizer';

/**
 * AdamW: Adam whose weights also shrink by a share of their own, apart from the gradient and so not divided by its root:
 *
 *   W ← (1 − α w) W,   then Adam's update        Loshchilov and Hutter (2019), algorithm 2
 *
 * As with λ of the notes, decay acts on weights and not on biases.
 */
export const adamw: OptimizerDefinition<'adamw'> = {
  kind: 'adamw',
  label: 'AdamW',
  summary: 'Adam with a decay of the weights that is kept apart from the gradient.',
  fields: [
    ...adamFields,
    {
      name: 'weightDecay',
      label: 'Weight decay',
      help: 'Share by which each update shrinks the weights, times the learning rate; biases do not shrink.',
      symbol: 'w',
      type: 'number',
      default: 0.01,
      min: 0,
      max: 100,
      scale: 'log',
      step: 10,
    },
  ],
  equation:
    '\\begin{aligned} v &\\leftarrow \\beta_1 v + (1 - \\beta_1)\\, g, \\qquad s \\leftarrow \\beta_2 s + (1 - \\beta_2)\\, g^2, \\qquad g = \\tfrac{\\partial J}{\\partial W^{[\\ell]}} \\\\ W^{[\\ell]} &\\leftarrow (1 - \\alpha w)\\, W^{[\\ell]} - \\alpha\\, \\frac{v / (1 - \\beta_1^t)}{\\sqrt{s / (1 - \\beta_2^t)} + \\varepsilon} \\end{aligned}',
  source: 'Loshchilov and Hutter (2019), Decoupled weight decay regularization, algorithm 2',
  slots: ['v', 's'],
  counts: true,

  update(optimizer, W, g, [v, s], { t, regularised }) {
    if (regularised) scale(W, 1 - optimizer.learningRate * optimizer.weightDecay, W.length);
    stepAdam(optimizer, W, g, v!, s!, t);
  },
};
