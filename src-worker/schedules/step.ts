import type { NumberField } from '../experiment/field';
import type { ScheduleDefinition } from './schedule';

/** What a rate is multiplied by each time. */
export function factorField(help: string, initial: number): NumberField {
  return {
    name: 'factor',
    label: 'Factor',
    help,
    symbol: 'γ',
    type: 'number',
    default: initial,
    min: 0,
    max: 1,
    exclusiveMin: true,
    step: 0.05,
  };
}

/** Steps down after every so many epochs: α γ^⌊e / k⌋. */
export const step: ScheduleDefinition<'step'> = {
  kind: 'step',
  label: 'Steps',
  summary: 'The learning rate falls by a factor after every so many epochs.',
  fields: [
    {
      name: 'every',
      label: 'Every',
      help: 'Epochs from one step down to the next.',
      symbol: 'k',
      type: 'integer',
      default: 10,
      min: 1,
      max: 1_000_000,
      step: 5,
      unit: 'epochs',
    },
    factorField('What the learning rate is multiplied by at every step down.', 0.5),
  ],
  equation: '\\alpha_t = \\alpha\\, \\gamma^{\\lfloor e / k \\rfloor}',
  source: 'PyTorch, StepLR; e counts the epochs that are done',
  holds: () => true,
  rate: ({ every, factor }, learningRate, { epoch }) => learningRate * factor ** Math.floor(epoch / every),
};
