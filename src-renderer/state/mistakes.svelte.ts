import type { Part } from '../../src-worker/api';

/** Whose weights are looked at: those of the run now, of its best epoch, or of a checkpoint by its id. */
export type WeightsChoice = 'present' | 'best' | number;

/** A cell of the confusion matrix; null stands for every class. −1 as an answer is none at all. */
export interface ConfusionCell {
  readonly right: number | null;
  readonly answer: number | null;
}

/** What of the Mistakes view outlives a look at another view. */
export class MistakesViewState {
  /** What the person chose last; it may be empty in the data that are loaded. */
  part = $state<Part>('dev');
  weights = $state<WeightsChoice>('present');
  cell = $state.raw<ConfusionCell | null>(null);
  /** Whether the matrix shows shares of its rows. */
  shares = $state(false);
  /** The class of the curves; null for the usual one. */
  class = $state<number | null>(null);
  /** Whether the reliability is that of the class or of all answers. */
  reliability = $state<'answers' | 'class'>('answers');
}
