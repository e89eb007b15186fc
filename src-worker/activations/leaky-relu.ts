import type { ActivationDefinition } from './activation';

/** Share of a negative z that is let through. */
const SLOPE = 0.01;

/**
 * a = z where z > 0, else 0.01 z; da/dz = 1 where z > 0, else 0.01. At the kink z = 0 the derivative is taken as 0.01.
 * Source: A. Maas, A. Hannun, A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013, (2).
 */
export const leakyRelu: ActivationDefinition<'leaky-relu'> = {
  kind: 'leaky-relu',
  label: 'Leaky ReLU',
  summary: 'ReLU that lets a hundredth of what is negative through, so that no unit stops learning for good.',
  fields: [],
  equation:
    "g(z) = \\begin{cases} z & z > 0 \\\\ 0.01\\,z & z \\le 0 \\end{cases}, \\qquad g'(z) = \\begin{cases} 1 & z > 0 \\\\ 0.01 & z \\le 0 \\end{cases}",
  source: 'Maas, Hannun, Ng 2013',
  kinks: [0],

  forward(z, a, rows, columns) {
    // NaN fails the comparison and stays NaN.
    for (let i = 0; i < rows * columns; i++) a[i] = z[i]! > 0 ? z[i]! : SLOPE * z[i]!;
  },

  backward(z, _a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = z[i]! > 0 ? da[i]! : SLOPE * da[i]!;
  },
};
