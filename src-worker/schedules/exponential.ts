import type { ScheduleDefinition } from './schedule';
import { factorField } from './step';

/** Falls by the same factor after every epoch: α γ^e. */
export const exponential: ScheduleDefinition<'exponential'> = {
  kind: 'exponential',
  label: 'Exponential',
  summary: 'The learning rate falls by the same factor after every epoch.',
  fields: [factorField('What the learning rate is multiplied by after every epoch.', 0.95)],
  equation: '\\alpha_t = \\alpha\\, \\gamma^{e}',
  source: 'PyTorch, ExponentialLR; e counts the epochs that are done',
  holds: () => true,
  rate: ({ factor }, learningRate, { epoch }) => learningRate * factor ** epoch,
};
