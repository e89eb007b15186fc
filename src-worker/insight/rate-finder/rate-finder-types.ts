/** The search for a learning rate, as the window drives it. Types only: they cross to the window. */
import type { Outcome } from '../../problem';

/** What the trainer offers of it. The run takes no part: a second network with a copy of its weights is trained, and thrown away. */
export interface RateFinderApi {
  /** Sets a search up at the present weights, in place of an earlier one. The optimizer begins anew. */
  startRateSearch(request: RateSearchRequest): Promise<Outcome<RateSearchPlan>>;

  /**
   * Goes on with the search for about so many milliseconds, at least one update; returns all of it so far. Calling it when done returns
   * the same again.
   */
  advanceRateSearch(ms: number): Outcome<RateSearchState>;

  /** Frees what the search holds. */
  endRateSearch(): void;
}

export interface RateSearchRequest {
  /** The first rate and the last; above 0, rising. */
  readonly from: number;
  readonly to: number;
}

export interface RateSearchPlan {
  /** Updates, each at a rate that is the same factor above the one before. */
  readonly updates: number;
  /** How often that goes through the training part; a share of one where it is long. */
  readonly passes: number;
}

export interface RateSearchState {
  /** Of every update so far; fresh. */
  readonly rates: Float64Array;
  /** Mean loss of its batch before the update, without L1 and L2; fresh. */
  readonly losses: Float64Array;
  /** The same, averaged over its neighbours on both sides; fresh. */
  readonly smoothed: Float64Array;
  /** Why it is done: at the last rate, or at one at which the loss rose too far or was no number. Null while it goes on. */
  readonly ended: 'end' | 'rose' | 'not-finite' | null;
  /** Null while it goes on, and where the loss fell at no rate. */
  readonly proposal: RateProposal | null;
}

export interface RateProposal {
  /** Rounded to two figures. */
  readonly rate: number;
  /** Index of the update that it is of. */
  readonly index: number;
}
