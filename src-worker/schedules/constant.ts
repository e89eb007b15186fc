import type { ScheduleDefinition } from './schedule';

/** α throughout, as in the notes. */
export const constant: ScheduleDefinition<'constant'> = {
  kind: 'constant',
  label: 'Constant',
  summary: 'The same learning rate from the first update to the last.',
  fields: [],
  equation: '\\alpha_t = \\alpha',
  source: 'CS229 notes (3.10)',
  holds: () => true,
  rate: (_schedule, learningRate) => learningRate,
};
