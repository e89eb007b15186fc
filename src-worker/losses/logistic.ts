import { logisticFunction } from '../activations/sigmoid';
import type { LossDefinition } from './loss';

/**
 * The log loss of K independent yes-or-no outputs, from z:
 *
 *   L = −Σ_k (y_k log ŷ_k + (1 − y_k) log(1 − ŷ_k))            Index notes (5), CS229 notes (3.9)
 *     = Σ_k (log(1 + e^{z_k}) − y_k z_k)                       DL notes, single example
 *   delta = ŷ − y                                              CS229 notes (3.21), Theta notes
 *
 * log(1 + e^z) is computed as max(z, 0) + log(1 + e^−|z|), which neither overflows nor loses the small part.
 */
export const logistic: LossDefinition<'logistic'> = {
  kind: 'logistic',
  label: 'Logistic',
  summary: 'The log loss of a probability: for yes or no, with a sigmoid output.',
  fields: [],
  equation: '\\mathcal{L}(\\hat{y}, y) = -\\sum_k \\bigl(y_k \\log \\hat{y}_k + (1 - y_k) \\log(1 - \\hat{y}_k)\\bigr)',
  source: 'CS229 notes (3.9), Index notes (5)',
  activations: ['sigmoid'],
  tasks: ['binary', 'multi-class'],
  minimumOutputs: 1,

  loss({ z, y, rows, columns }) {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) {
      sum += Math.max(z[i]!, 0) - y[i]! * z[i]! + Math.log1p(Math.exp(-Math.abs(z[i]!)));
    }
    return sum;
  },

  delta({ z, y, rows, columns }, delta) {
    for (let i = 0; i < rows * columns; i++) delta[i] = logisticFunction(z[i]!) - y[i]!;
  },
};
