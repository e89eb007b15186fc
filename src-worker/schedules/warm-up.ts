import type { NumberField } from '../experiment/field';
import { stepOf, type ScheduleDefinition, type SchedulePlace } from './schedule';

/** Epochs over which a rate grows to α. */
export const warmUpField: NumberField = {
  name: 'epochs',
  label: 'Warm-up',
  help: 'Epochs over which the learning rate grows to its full size; parts of an epoch count.',
  type: 'number',
  default: 1,
  min: 0,
  max: 1_000_000,
  step: 1,
  unit: 'epochs',
};

/** Share of α that update t has, (t + 1) / w while it warms up over w updates, then 1. */
export function warmth(epochs: number, place: SchedulePlace): number {
  const updates = Math.round(epochs * place.batchesPerEpoch);
  const t = stepOf(place);
  return t < updates ? (t + 1) / updates : 1;
}

/** Grows evenly from update to update until it is α. */
export const warmUp: ScheduleDefinition<'warm-up'> = {
  kind: 'warm-up',
  label: 'Warm-up',
  summary: 'The learning rate grows evenly to its full size, so that the first steps do no harm.',
  fields: [{ ...warmUpField, default: 5 }],
  equation: '\\alpha_t = \\alpha\\, \\min\\!\\Big(1, \\frac{t + 1}{w}\\Big)',
  source: 'Goyal et al. (2017), section 2.2; t counts updates, w those of the warm-up',
  holds: ({ epochs }, place) => warmth(epochs, place) >= 1,
  rate: ({ epochs }, learningRate, place) => learningRate * warmth(epochs, place),
};
