import type { ActivationDefinition } from './activation';

/** a = tanh(z) and da/dz = 1 − a². CS229 notes (1.6). */
export const tanh: ActivationDefinition<'tanh'> = {
  kind: 'tanh',
  label: 'Tanh',
  summary: 'Squeezes z into −1 to 1 around zero: a good hidden activation for small networks.',
  fields: [],
  equation: "g(z) = \\tanh(z) = \\frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}, \\qquad g'(z) = 1 - a^2",
  source: 'CS229 notes (1.6)',
  kinks: [],

  forward(z, a, rows, columns) {
    for (let i = 0; i < rows * columns; i++) a[i] = Math.tanh(z[i]!);
  },

  backward(_z, a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = da[i]! * (1 - a[i]! * a[i]!);
  },
};
