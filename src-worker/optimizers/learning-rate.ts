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

/** α of a rule whose steps do not shrink with the gradient: each moves a weight by about α. */
export const adaptiveLearningRateField: NumberField = { ...learningRateField, default: 0.001 };

/** ε keeps a division finite where a parameter never had a gradient. */
export const epsilonField: NumberField = {
  name: 'epsilon',
  label: 'Floor',
  help: 'Added to the root before the division, so that a weight without a gradient stays where it is.',
  symbol: 'ε',
  type: 'number',
  default: 1e-8,
  min: 1e-12,
  max: 1,
  scale: 'log',
  step: 10,
};

/** A share of what was, from 0 to just below 1: β and μ of the averages that an optimizer keeps. */
export function memoryField(field: Pick<NumberField, 'name' | 'label' | 'help' | 'symbol' | 'default'>): NumberField {
  return { ...field, type: 'number', min: 0, max: 1, exclusiveMax: true, step: 0.05 };
}
