import type { ScheduleKind } from '../experiment/document';
import { constant } from './constant';
import { cosine } from './cosine';
import { exponential } from './exponential';
import { reduceOnPlateau } from './reduce-on-plateau';
import type { ScheduleDefinition } from './schedule';
import { step } from './step';
import { warmUp } from './warm-up';

/** Every schedule of the learning rate by kind, the simplest first. */
export const schedules = {
  constant,
  step,
  exponential,
  cosine,
  'warm-up': warmUp,
  'reduce-on-plateau': reduceOnPlateau,
} satisfies { readonly [K in ScheduleKind]: ScheduleDefinition<K> };

export type { ScheduleDefinition, SchedulePlace } from './schedule';
