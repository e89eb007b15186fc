import type { ActivationDefinition } from './activation';

/**
 * Softmax over each row: positive numbers that sum to 1.
 *
 *   forward   a_i = e^{z_i} / Σ_c e^{z_c}                              Index notes (26)
 *   backward  ∂a_i/∂z_j = a_i (1{i = j} − a_j)                         Index notes (34)
 *             delta_j = Σ_i da_i ∂a_i/∂z_j = a_j (da_j − Σ_i da_i a_i)
 *
 * The row's maximum is subtracted from z first: the value stays the same, and no exponential can overflow.
 */
export const softmax: ActivationDefinition<'softmax'> = {
  kind: 'softmax',
  label: 'Softmax',
  summary: 'Turns the z of a layer into probabilities that sum to 1: the output for one class out of several.',
  fields: [],
  equation:
    'g(z)_i = \\frac{e^{z_i}}{\\sum_c e^{z_c}}, \\qquad \\frac{\\partial a_i}{\\partial z_j} = a_i\\,(\\mathbf{1}\\{i = j\\} - a_j)',
  source: 'Index notes (26), (34)',
  kinks: [],

  forward(z, a, rows, columns) {
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let max = -Infinity;
      for (let i = 0; i < columns; i++) max = Math.max(max, z[start + i]!);
      let sum = 0;
      for (let i = 0; i < columns; i++) sum += Math.exp(z[start + i]! - max);
      for (let i = 0; i < columns; i++) a[start + i] = Math.exp(z[start + i]! - max) / sum;
    }
  },

  backward(_z, a, da, delta, rows, columns) {
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let mean = 0;
      for (let i = 0; i < columns; i++) mean += da[start + i]! * a[start + i]!;
      for (let j = 0; j < columns; j++) delta[start + j] = a[start + j]! * (da[start + j]! - mean);
    }
  },
};
