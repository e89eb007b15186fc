import { fillNormal, type InitializerDefinition } from './initializer';

/**
 * W ~ N(0, σ) with the standard deviation σ = √(2 / (n[ℓ] + n[ℓ−1])).
 *
 * CS229 notes (3.13), where it is called "Xavier/He"; it is the rule of X. Glorot and Y. Bengio, "Understanding the
 * difficulty of training deep feedforward neural networks", AISTATS 2010, and not that of He.
 */
export const xavierNormal: InitializerDefinition<'xavier-normal'> = {
  kind: 'xavier-normal',
  label: 'Xavier normal',
  summary: 'Random numbers whose spread fits the layer, so that tanh and sigmoid layers neither fade nor saturate.',
  fields: [],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{N}\\!\\left(0, \\sqrt{\\frac{2}{n^{[\\ell]} + n^{[\\ell-1]}}}\\right)',
  source: 'CS229 notes (3.13)',

  fill(_initializer, values, { fanIn, fanOut }, random) {
    fillNormal(values, 0, Math.sqrt(2 / (fanIn + fanOut)), random);
  },
};
