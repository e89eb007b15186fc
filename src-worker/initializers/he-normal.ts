import { fillNormal, type InitializerDefinition } from './initializer';

/**
 * W ~ N(0, σ) with the standard deviation σ = √(2 / n[ℓ−1]): twice the variance, because ReLU drops half of its input.
 *
 * Source: K. He and others, "Delving Deep into Rectifiers", ICCV 2015, equation (10); named in CS229 notes (3.13).
 */
export const heNormal: InitializerDefinition<'he-normal'> = {
  kind: 'he-normal',
  label: 'He normal',
  summary: 'Random numbers whose spread fits the inputs of the layer: the usual start for ReLU layers.',
  fields: [],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{N}\\!\\left(0, \\sqrt{\\frac{2}{n^{[\\ell-1]}}}\\right)',
  source: 'CS229 notes §3.1, by the name in (3.13)',

  fill(_initializer, values, { fanIn }, random) {
    fillNormal(values, 0, Math.sqrt(2 / fanIn), random);
  },
};
