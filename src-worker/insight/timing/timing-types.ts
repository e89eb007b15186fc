import type { Outcome } from '../../problem';

/** What times the two ways to compute one step; part of `TrainerApi`. */
export interface TimingApi {
  /**
   * Times a training step of the run's network in plain loops and in the engine, for some hundredths of a second each, on copies: the
   * run stays as it is. Fails without a run, and for training parts that are too large to be copied for a lesson.
   */
  timeStep(): Promise<Outcome<StepTiming>>;
}

/** Forward, backward and update, in examples a second. */
export interface StepTiming {
  /** Examples of the training part, which the engine takes as one batch. */
  readonly examples: number;
  /** One example after another, each in loops over units and inputs: CS229 notes (2.1) to (2.3). */
  readonly loops: number;
  /** All examples as the columns of one matrix: CS229 notes (2.13), (2.14). */
  readonly engine: number;
}
