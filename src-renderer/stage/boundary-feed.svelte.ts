import type { Boundary, BoundaryRequest, Outcome } from '../../src-worker/api';
import { pause } from '../state/pace';

/** At most 20 pictures a second: more is not seen, and training needs the worker. */
const INTERVAL_MS = 50;

/** What answers: the training worker. */
interface BoundarySource {
  boundary(request: BoundaryRequest): Promise<Outcome<Boundary>>;
}

/** Pulls pictures of the boundary: one request at a time, the newest wish only, never a queue. */
export class BoundaryFeed {
  /** The newest picture; null where the network and the data cannot give one. */
  current = $state.raw<Boundary | null>(null);

  readonly #source: BoundarySource;
  #wanted: BoundaryRequest | null = null;
  #pulling = false;
  #nextMs = 0;

  constructor(source: BoundarySource) {
    this.#source = source;
  }

  /** Wishes for a picture of the weights as they are now; replaces a wish that was not yet answered. Null withdraws it. */
  ask(request: BoundaryRequest | null): void {
    this.#wanted = request;
    if (request === null) this.current = null;
    if (!this.#pulling) void this.#pull();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const request = this.#wanted;
      if (request === null) break;
      this.#wanted = null;
      this.#nextMs = performance.now() + INTERVAL_MS;
      const outcome = await this.#source.boundary(request);
      this.current = outcome.ok ? outcome.value : null;
    }
    this.#pulling = false;
  }
}
