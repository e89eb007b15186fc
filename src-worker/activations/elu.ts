import type { ActivationDefinition } from './activation';

/**
 * a = z where z > 0, else e^z − 1; da/dz = 1 where z > 0, else e^z = a + 1: the exponential linear unit with α = 1, whose slope
 * has no jump.
 * Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units
 * (ELUs)", ICLR 2016, (15), (16).
 */
export const elu: ActivationDefinition<'elu'> = {
  kind: 'elu',
  label: 'ELU',
  summary: 'Like ReLU above zero, and a smooth bend down to −1 below it: outputs that average closer to zero.',
  fields: [],
  equation:
    "g(z) = \\begin{cases} z & z > 0 \\\\ e^{z} - 1 & z \\le 0 \\end{cases}, \\qquad g'(z) = \\begin{cases} 1 & z > 0 \\\\ a + 1 & z \\le 0 \\end{cases}",
  source: 'Clevert, Unterthiner, Hochreiter 2016 (15), (16)',
  // g″ jumps there from 1 to 0, which puts a central difference across it off by h/4.
  kinks: [0],

  forward(z, a, rows, columns) {
    for (let i = 0; i < rows * columns; i++) a[i] = z[i]! > 0 ? z[i]! : Math.expm1(z[i]!);
  },

  backward(z, _a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = z[i]! > 0 ? da[i]! : da[i]! * Math.exp(z[i]!);
  },
};
