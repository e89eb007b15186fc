import { earlyStoppingFields } from '../experiment/fields';
import type { ScheduleDefinition } from './schedule';
import { factorField } from './step';

/**
 * Falls by a factor whenever the dev loss (the training loss where there is no dev part) has not become lower for some
 * epochs: max(α γᵏ, minimum) after k plateaus.
 */
export const reduceOnPlateau: ScheduleDefinition<'reduce-on-plateau'> = {
  kind: 'reduce-on-plateau',
  label: 'Reduce on plateau',
  summary: 'The learning rate falls by a factor whenever the dev loss has stopped falling.',
  fields: [
    factorField('What the learning rate is multiplied by on every plateau.', 0.5),
    {
      ...earlyStoppingFields.patience,
      help: 'Epochs without a lower dev loss that make a plateau.',
      default: 5,
    },
    {
      name: 'minimum',
      label: 'Lowest rate',
      help: 'The learning rate does not fall below this.',
      type: 'number',
      default: 1e-6,
      min: 0,
      max: 1_000,
      scale: 'log',
      step: 10,
    },
  ],
  equation: '\\alpha_t = \\max(\\alpha\\, \\gamma^{k},\\; \\alpha_{\\min})',
  source: 'PyTorch, ReduceLROnPlateau; k counts the plateaus of the dev loss',
  holds: () => true,
  patience: ({ patience }) => patience,
  rate: ({ factor, minimum }, learningRate, { plateaus }) =>
    Math.max(learningRate * factor ** plateaus, Math.min(minimum, learningRate)),
};
