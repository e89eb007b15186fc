import type { Outcome, Problem } from '../../src-worker/api';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';
import { pause } from './pace';

/** More than some 30 pictures a second are not seen, and training needs the worker. */
const INTERVAL_MS = 33;

export interface FeedOptions {
  /** Of the worker's time, so much at most goes into answers while training goes on. */
  readonly share: number;
  readonly intervalMs?: number;
  readonly load: () => Load;
  /** Of the window's time, so much at most goes into showing them while training leaves it a core. */
  readonly drawingShare?: number;
}

/**
 * Pulls answers for what is on the screen: one request at a time, the newest wish only, never a queue. A view that is not there asks for nothing,
 * and one that is there costs training its share and no more.
 */
export class PacedFeed<Q, A extends { readonly ms: number }> {
  /** The newest answer; null where there is none, or none is wished for. */
  current = $state.raw<A | null>(null);
  /** Why there is none. */
  problem = $state.raw<Problem | null>(null);

  readonly #source: (request: Q, training: boolean) => Promise<Outcome<A>>;
  readonly #options: FeedOptions;
  #wanted: { readonly request: Q; readonly training: boolean } | null = null;
  #pulling = false;
  #nextMs = 0;
  #drawnMs = 0;

  constructor(source: (request: Q, training: boolean) => Promise<Outcome<A>>, options: FeedOptions) {
    this.#source = source;
    this.#options = options;
  }

  /**
   * Wishes for an answer at the weights as they are now; replaces a wish that was not yet answered. Null withdraws it.
   * @param training whether there is anything that the answer would hold up
   */
  ask(request: Q | null, training = true): void {
    this.#wanted = request === null ? null : { request, training };
    if (request === null) this.current = this.problem = null;
    if (!this.#pulling) void this.#pull();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const wish = this.#wanted;
      if (wish === null) break;
      this.#wanted = null;
      const start = performance.now();
      const outcome = await this.#source(wish.request, wish.training);
      const { share, intervalMs = INTERVAL_MS, load, drawingShare: usual } = this.#options;
      // The next picture is asked for while this one is painted: what that takes is taken to be what the last one took.
      void drawn(() => {
        this.current = outcome.ok ? outcome.value : null;
        this.problem = outcome.ok ? null : (outcome.problems[0] ?? null);
      }, load()).then((ms) => (this.#drawnMs = ms));
      const costMs = outcome.ok ? outcome.value.ms / share : 0;
      const shownMs = this.#drawnMs / drawingShare(load(), usual);
      this.#nextMs = start + (wish.training ? Math.max(intervalMs, costMs, shownMs) : intervalMs);
    }
    this.#pulling = false;
  }
}
