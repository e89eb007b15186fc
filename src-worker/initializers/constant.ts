import type { InitializerDefinition } from './initializer';

/** W = c. The units of a layer stay alike (symmetry): CS229 notes (3.12). */
export const constant: InitializerDefinition<'constant'> = {
  kind: 'constant',
  label: 'Constant',
  summary: 'Every weight is the same number: shows the symmetry that random numbers break.',
  fields: [
    {
      name: 'value',
      label: 'Value',
      help: 'The number that every weight starts with.',
      symbol: 'c',
      type: 'number',
      default: 0.5,
      step: 0.1,
    },
  ],
  equation: 'W^{[\\ell]}_{ij} = c',
  source: 'CS229 notes (3.12)',

  fill(initializer, values) {
    values.fill(initializer.value);
  },
};
