import type { Outcome, Problem, RateSearchPlan, RateSearchState } from '../../src-worker/api';
import type { TrainerClient } from '../trainer-client';
import { nextFrame } from './pace';

/** From a rate at which nothing moves to one at which everything does: six decades. */
export const SEARCHED = { from: 1e-5, to: 10 } as const;
/** Of each picture's time: training may go on beside it. */
const STRETCH_MS = 8;

/** The search for a learning rate, pulled piece by piece while its dialog is open. */
export class RateFinder {
  plan = $state.raw<RateSearchPlan | null>(null);
  state = $state.raw<RateSearchState | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  readonly #trainer: Pick<TrainerClient, 'startRateSearch' | 'advanceRateSearch' | 'endRateSearch'>;
  #wanted = false;

  constructor(trainer: Pick<TrainerClient, 'startRateSearch' | 'advanceRateSearch' | 'endRateSearch'>) {
    this.#trainer = trainer;
  }

  /** Looks until there is an answer, a problem, or {@link end}. */
  async run(): Promise<void> {
    this.#wanted = true;
    this.plan = this.#taken(await this.#trainer.startRateSearch(SEARCHED));
    while (this.#wanted && this.plan !== null && (this.state?.ended ?? null) === null) {
      const state = this.#taken(await this.#trainer.advanceRateSearch(STRETCH_MS));
      if (!this.#wanted || state === null) break;
      this.state = state;
      await nextFrame();
    }
    if (this.#wanted) this.#trainer.endRateSearch();
  }

  /** Ends the search and frees what it holds. */
  end(): void {
    this.#wanted = false;
    this.#trainer.endRateSearch();
  }

  #taken<T>(outcome: Outcome<T>): T | null {
    if (outcome.ok) return outcome.value;
    // What was ended has nothing more to say.
    if (this.#wanted) this.problems = outcome.problems;
    return null;
  }
}
