import type { ChoiceField } from '../../src-worker/experiment/field';

/** For formats that come back: the optimizer's arrays are as large as the weights, or twice that, and of use only for training on. */
export const optimizerOption: ChoiceField = {
  name: 'optimizer',
  label: 'Optimizer state',
  help: 'Whether training goes on from the file as if it had never stopped; without it, the optimizer begins anew.',
  type: 'choice',
  options: [
    { value: 'no', label: 'Leave out' },
    { value: 'yes', label: 'Include' },
  ],
  default: 'no',
};
