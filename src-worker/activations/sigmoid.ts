import type { ActivationDefinition } from './activation';

/**
 * The logistic function σ(z) = 1 / (1 + e^−z) of one number, without overflow: the exponent is never positive.
 * CS229 notes (1.4).
 */
export function logisticFunction(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** a = σ(z) and da/dz = a (1 − a). CS229 notes (1.4); derivative: Planar notes step 3, Theta notes (1.2). */
export const sigmoid: ActivationDefinition<'sigmoid'> = {
  kind: 'sigmoid',
  label: 'Sigmoid',
  summary: 'Squeezes z into 0 to 1: the probability of one class; hidden units of it learn slowly once they saturate.',
  fields: [],
  equation: "g(z) = \\sigma(z) = \\frac{1}{1 + e^{-z}}, \\qquad g'(z) = a\\,(1 - a)",
  source: 'CS229 notes (1.4)',
  kinks: [],

  forward(z, a, rows, columns) {
    for (let i = 0; i < rows * columns; i++) a[i] = logisticFunction(z[i]!);
  },

  backward(_z, a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) delta[i] = da[i]! * a[i]! * (1 - a[i]!);
  },
};
