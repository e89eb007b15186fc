import { softmax } from '../activations/softmax';
import type { LossDefinition } from './loss';

/**
 * Cross-entropy of one class out of K, from z; each row of y sums to 1:
 *
 *   L = −Σ_k y_k log ŷ_k = Σ_k y_k (log Σ_c e^{z_c} − z_k)      Index notes (27), CS229 notes, backpropagation §1
 *   delta = ŷ − y                                               Index notes (36)
 *
 * The row's maximum is taken out of the logarithm of the sum, so that no exponential overflows.
 */
export const crossEntropy: LossDefinition<'cross-entropy'> = {
  kind: 'cross-entropy',
  label: 'Cross-entropy',
  summary: 'The log loss of the right class: for one class out of several, with a softmax output.',
  fields: [],
  equation: '\\mathcal{L}(\\hat{y}, y) = -\\sum_k y_k \\log \\hat{y}_k',
  source: 'Index notes (27)',
  activations: ['softmax'],
  tasks: ['binary', 'multi-class'],
  minimumOutputs: 2,

  loss({ z, y, rows, columns }) {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let max = -Infinity;
      for (let k = 0; k < columns; k++) max = Math.max(max, z[start + k]!);
      let exponentials = 0;
      for (let k = 0; k < columns; k++) exponentials += Math.exp(z[start + k]! - max);
      const logSum = Math.log(exponentials);
      for (let k = 0; k < columns; k++) sum += y[start + k]! * (logSum - (z[start + k]! - max));
    }
    return sum;
  },

  delta({ z, y, rows, columns }, delta) {
    softmax.forward(z, delta, rows, columns);
    for (let i = 0; i < rows * columns; i++) delta[i]! -= y[i]!;
  },
};
