import type { Definition } from '../definition';
import type { ScheduleKind, ScheduleSpec } from '../experiment/document';

/** The spec of one kind, with its fields. */
export type ScheduleOf<K extends ScheduleKind> = { [S in ScheduleSpec as S['kind']]: S }[K];

/** Where in a run the next update stands. */
export interface SchedulePlace {
  /** Epochs that are done: 0 in the first one. */
  readonly epoch: number;
  /** Updates made in the epoch under way. */
  readonly batchInEpoch: number;
  readonly batchesPerEpoch: number;
  /** How many epochs the run is to have. */
  readonly epochs: number;
  /** Of the epochs done so far, how often {@link Plateau} found the loss to stand still. */
  readonly plateaus: number;
}

/** A rule that turns the optimizer's α into the learning rate of one update: a function of the place alone. */
export interface ScheduleDefinition<K extends ScheduleKind = ScheduleKind> extends Definition<K> {
  /** Whether the rate of the update at that place holds until the end of its epoch, so that nobody need look again. */
  holds(schedule: ScheduleOf<K>, place: SchedulePlace): boolean;
  /** Epochs without a lower loss that make a plateau; left out where the rule does not look at losses. */
  patience?(schedule: ScheduleOf<K>): number;
  /** @returns the learning rate of the update at that place */
  rate(schedule: ScheduleOf<K>, learningRate: number, place: SchedulePlace): number;
}

/** The place in updates. */
export function stepOf({ epoch, batchInEpoch, batchesPerEpoch }: SchedulePlace): number {
  return epoch * batchesPerEpoch + batchInEpoch;
}
