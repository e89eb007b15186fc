import { fillUniform, type InitializerDefinition } from './initializer';

/** W ~ U[low, high): "small random numbers" in the plainest form. DL notes, Random Initialization. */
export const uniform: InitializerDefinition<'uniform'> = {
  kind: 'uniform',
  label: 'Uniform',
  summary: 'Random numbers between two bounds, each equally likely.',
  fields: [
    {
      name: 'low',
      label: 'Lowest',
      help: 'The smallest number that a weight may start with.',
      type: 'number',
      default: -0.1,
      step: 0.01,
    },
    {
      name: 'high',
      label: 'Highest',
      help: 'The weights start below this number.',
      type: 'number',
      default: 0.1,
      step: 0.01,
    },
  ],
  equation: 'W^{[\\ell]}_{ij} \\sim \\mathcal{U}(\\mathrm{low}, \\mathrm{high})',
  source: 'DL notes, Random Initialization',

  fill(initializer, values, _fan, random) {
    fillUniform(values, initializer.low, initializer.high, random);
  },
};
