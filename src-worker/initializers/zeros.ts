import type { InitializerDefinition } from './initializer';

/** W = 0. All units of a layer then learn the same thing for ever: DL notes, Random Initialization; CS229 notes §3.1. */
export const zeros: InitializerDefinition<'zeros'> = {
  kind: 'zeros',
  label: 'Zeros',
  summary: 'Every weight is 0: shows why a network must not start so, because the units of a layer never differ.',
  fields: [],
  equation: 'W^{[\\ell]} = 0',
  source: 'CS229 notes §3.1',

  fill(_initializer, values) {
    values.fill(0);
  },
};
