import { fillUniform, type InitializerDefinition } from './initializer';

/**
 * W ~ U[−r, r) with r = √(6 / n[ℓ−1]): the standard deviation r/√3 = √(2 / n[ℓ−1]) is that of He normal.
 *
 * Source: K. He and others, "Delving Deep into Rectifiers", ICCV 2015, equation (10), for the variance.
 */
export const heUniform: InitializerDefinition<'he-uniform'> = {
  kind: 'he-uniform',
  label: 'He uniform',
  summary: 'As He normal, but drawn evenly between two bounds, so that no weight starts very large.',
  fields: [],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{U}(-r, r), \\qquad r = \\sqrt{\\frac{6}{n^{[\\ell-1]}}}',
  source: 'CS229 notes §3.1, by the name in (3.13)',

  fill(_initializer, values, { fanIn }, random) {
    const bound = Math.sqrt(6 / fanIn);
    fillUniform(values, -bound, bound, random);
  },
};
