import { fillNormal, type InitializerDefinition } from './initializer';

/** W ~ N(μ, σ) with σ a standard deviation; the notes' N(0, 0.1). CS229 notes §3.1. */
export const normal: InitializerDefinition<'normal'> = {
  kind: 'normal',
  label: 'Normal',
  summary: 'Small random numbers around a mean, the same spread in every layer.',
  fields: [
    {
      name: 'mean',
      label: 'Mean',
      help: 'The number around which the weights are drawn.',
      symbol: 'μ',
      type: 'number',
      default: 0,
      step: 0.1,
    },
    {
      name: 'deviation',
      label: 'Deviation',
      help: 'Standard deviation of the weights; too large a number saturates sigmoid and tanh units.',
      symbol: 'σ',
      type: 'number',
      default: 0.1,
      min: 0,
      step: 0.01,
    },
  ],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{N}(\\mu, \\sigma)',
  source: 'CS229 notes §3.1',

  fill(initializer, values, _fan, random) {
    fillNormal(values, initializer.mean, initializer.deviation, random);
  },
};
