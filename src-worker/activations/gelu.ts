import type { ActivationDefinition } from './activation';
import { normalDensity, normalProbability } from './normal-distribution';

/**
 * a = z Φ(z) with Φ the distribution function of N(0, 1), and da/dz = Φ(z) + z φ(z) with φ its density: the exact form, not the
 * one with tanh.
 * Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", arXiv:1606.08415 (2016), §2.
 */
export const gelu: ActivationDefinition<'gelu'> = {
  kind: 'gelu',
  label: 'GELU',
  summary: 'A smooth ReLU: z times the probability that a standard normal number is below z. Common in transformers.',
  fields: [],
  equation:
    "g(z) = z\\,\\Phi(z) = \\frac{z}{2}\\left(1 + \\operatorname{erf}\\frac{z}{\\sqrt{2}}\\right), \\qquad g'(z) = \\Phi(z) + \\frac{z\\,e^{-z^2/2}}{\\sqrt{2\\pi}}",
  source: 'Hendrycks, Gimpel 2016 §2',
  kinks: [],

  forward(z, a, rows, columns) {
    for (let i = 0; i < rows * columns; i++) a[i] = z[i]! * normalProbability(z[i]!);
  },

  backward(z, _a, da, delta, rows, columns) {
    for (let i = 0; i < rows * columns; i++) {
      delta[i] = da[i]! * (normalProbability(z[i]!) + z[i]! * normalDensity(z[i]!));
    }
  },
};
