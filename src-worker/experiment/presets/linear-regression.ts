import type { PresetDefinition } from './preset';

/** ŷ = w x + b under the squared loss. CS229 notes, section 1. */
export const linearRegression: PresetDefinition = {
  label: 'Linear regression',
  summary: 'No hidden layer: one weighted sum of the inputs that gives the number itself.',
  source: 'CS229 notes §1',
  unfit: ({ task }) => (task === 'regression' ? null : 'For numbers; the target is a class.'),
  hidden: () => [],
};
