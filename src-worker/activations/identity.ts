import type { ActivationDefinition } from './activation';

/** a = z and da/dz = 1: the output of a regression. CS229 notes, backpropagation §1. */
export const identity: ActivationDefinition<'identity'> = {
  kind: 'identity',
  label: 'Identity',
  summary: 'Passes z on unchanged: for the output of a regression; hidden layers of it collapse into one linear map.',
  fields: [],
  equation: "g(z) = z, \\qquad g'(z) = 1",
  source: 'CS229 notes (2.10)',
  kinks: [],

  forward(z, a, rows, columns) {
    for (let i = 0; i < rows * columns; i++) a[i] = z[i]!;
  },

  backward(_z, _a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = da[i]!;
  },
};
