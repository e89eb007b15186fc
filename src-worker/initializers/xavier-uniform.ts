import { fillUniform, type InitializerDefinition } from './initializer';

/**
 * W ~ U[−r, r) with r = √(6 / (n[ℓ] + n[ℓ−1])): the standard deviation r/√3 is that of CS229 notes (3.13).
 *
 * Source: X. Glorot, Y. Bengio, AISTATS 2010, equation (16).
 */
export const xavierUniform: InitializerDefinition<'xavier-uniform'> = {
  kind: 'xavier-uniform',
  label: 'Xavier uniform',
  summary: 'As Xavier normal, but drawn evenly between two bounds, so that no weight starts very large.',
  fields: [],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{U}(-r, r), \\qquad r = \\sqrt{\\frac{6}{n^{[\\ell]} + n^{[\\ell-1]}}}',
  source: 'CS229 notes (3.13), as a uniform distribution',

  fill(_initializer, values, { fanIn, fanOut }, random) {
    const bound = Math.sqrt(6 / (fanIn + fanOut));
    fillUniform(values, -bound, bound, random);
  },
};
