import type { ScheduleKind, ScheduleSpec } from '../../../src-worker/experiment/document';
import { pythonNumber } from '../python/literals';

type Of<K extends ScheduleKind> = Extract<ScheduleSpec, { kind: K }>;

const n = pythonNumber;

const warmUp = (epochs: number): readonly string[] => [
  `warm = math.floor(${n(epochs)} * batches + 0.5)`,
  'if step < warm:',
  '    return ALPHA * (step + 1) / warm',
];

/**
 * The body of `learning_rate(epoch, step, batches, epochs, plateaus)`: `epoch` counts the epochs that are done, `step` is
 * epoch × batches + the batch. The rules are those of src-worker/schedules.
 */
const bodies: { readonly [K in ScheduleKind]: (schedule: Of<K>) => readonly string[] } = {
  constant: () => ['return ALPHA'],
  step: ({ every, factor }) => [`return ALPHA * ${n(factor)} ** (epoch // ${every})`],
  exponential: ({ factor }) => [`return ALPHA * ${n(factor)} ** epoch`],
  cosine: ({ floor, warmUp: epochs }) => [
    ...warmUp(epochs),
    'share = min(1.0, max(0.0, (step - warm) / max(1, epochs * batches - warm)))',
    `lowest = min(${n(floor)}, ALPHA)`,
    'return lowest + (ALPHA - lowest) * (1 + math.cos(math.pi * share)) / 2',
  ],
  'warm-up': ({ epochs }) => [...warmUp(epochs), 'return ALPHA'],
  'reduce-on-plateau': ({ factor, minimum }) => [
    `return max(ALPHA * ${n(factor)} ** plateaus, min(${n(minimum)}, ALPHA))`,
  ],
};

export function rateLines(schedule: ScheduleSpec): readonly string[] {
  const body = bodies[schedule.kind] as (schedule: ScheduleSpec) => readonly string[]; // of its own kind
  return body(schedule);
}
