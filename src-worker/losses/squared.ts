import type { LossDefinition } from './loss';

/**
 * Half the squared error, summed over the outputs:
 *
 *   L = ½ Σ_k (ŷ_k − y_k)²        ∂L/∂ŷ = ŷ − y,   delta = ∂L/∂ŷ taken back through g
 *
 * CS229 notes, backpropagation §1 (loss) and §2, step 1 (chain rule).
 */
export const squared: LossDefinition<'squared'> = {
  kind: 'squared',
  label: 'Squared error',
  summary: 'Half the squared distance between prediction and target: for numbers.',
  fields: [],
  equation: '\\mathcal{L}(\\hat{y}, y) = \\frac{1}{2} \\sum_k (\\hat{y}_k - y_k)^2',
  source: 'CS229 notes, backpropagation §1',
  activations: ['identity', 'sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu', 'gelu', 'softmax'],
  tasks: ['regression', 'binary', 'multi-class'],
  minimumOutputs: 1,

  loss({ a, y, rows, columns }) {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) sum += (a[i]! - y[i]!) ** 2 / 2;
    return sum;
  },

  delta({ z, a, y, rows, columns, activation }, delta) {
    for (let i = 0; i < rows * columns; i++) delta[i] = a[i]! - y[i]!;
    activation.backward(z, a, delta, delta, rows, columns);
  },
};
