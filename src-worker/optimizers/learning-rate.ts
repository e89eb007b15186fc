import type { NumberField } from '../experiment/field';

/** The step size α, which every optimizer has. CS229 notes (3.10). */
export const learningRateField: NumberField = {
  name: 'learningRate',
  label: 'Learning rate',
  help: 'How far one update moves the weights; too large a number makes the loss grow instead of fall.',
  symbol: 'α',
  type: 'number',
  default: 0.1,
  min: 0,
  exclusiveMin: true,
  scale: 'log',
  step: 1.25,
};
