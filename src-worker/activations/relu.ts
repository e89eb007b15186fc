import type { ActivationDefinition } from './activation';

/** a = max(z, 0); da/dz = 1 where z > 0, else 0. At the kink z = 0 the derivative is taken as 0. CS229 notes (1.5). */
export const relu: ActivationDefinition<'relu'> = {
  kind: 'relu',
  label: 'ReLU',
  summary:
    'Keeps what is positive: the usual hidden activation of larger networks, cheap and not saturating above zero.',
  fields: [],
  equation: "g(z) = \\max(z, 0), \\qquad g'(z) = \\mathbf{1}\\{z > 0\\}",
  source: 'CS229 notes (1.5)',
  kinks: [0],

  forward(z, a, rows, columns) {
    // Math.max keeps NaN, which `z > 0 ? z : 0` would turn into a harmless-looking zero.
    for (let i = 0; i < rows * columns; i++) a[i] = Math.max(z[i]!, 0);
  },

  backward(z, _a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = z[i]! > 0 ? da[i]! : 0;
  },
};
