import type { Outcome, Problem } from '../../src-worker/api';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';
import { pause } from './pace';

/** Of the worker's time, so much at most goes into looks of one kind. */
const SHARE = 0.04;

/**
 * Pulls looks at the inside of the network for what is on the screen: one request at a time, the newest wish only, and seldom enough to cost
 * training next to nothing, by what the worker says that a look cost. A view that is not there asks for nothing.
 */
export class LookFeed<Request, Seen extends { readonly costMs: number }> {
  current = $state.raw<Seen | null>(null);
  /** Why there is no newer one. */
  problem = $state.raw<Problem | null>(null);

  readonly #look: (request: Request) => Promise<Outcome<Seen>>;
  readonly #load: () => Load;
  readonly #intervalMs: number;
  #wanted: { readonly request: Request } | null = null;
  #looking = false;
  #gone = false;
  #nextMs = 0;
  /** Ends the wait between two looks. */
  #wake: () => void = () => undefined;

  /**
   * @param load what else the machine does
   * @param intervalMs least time between two looks
   */
  constructor(look: (request: Request) => Promise<Outcome<Seen>>, load: () => Load, intervalMs = 100) {
    this.#look = look;
    this.#load = load;
    this.#intervalMs = intervalMs;
  }

  /**
   * Wishes for a look at the weights as they are now; replaces a wish that was not yet answered. Null withdraws it.
   * @param soon for something else than before: a person waits for it, and the share is made up for later
   */
  ask(request: Request | null, soon = false): void {
    this.#wanted = request === null ? null : { request };
    this.#gone = request === null;
    if (soon) this.#nextMs = 0;
    if (soon || request === null) this.#wake();
    if (!this.#looking) void this.#pull();
  }

  /** Forgets what was seen, of another network. */
  clear(): void {
    this.current = null;
    this.problem = null;
  }

  async #pull(): Promise<void> {
    this.#looking = true;
    while (this.#wanted !== null) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([pause(this.#nextMs - performance.now()), woken]);
      const wish: { readonly request: Request } | null = this.#wanted;
      if (wish === null) break;
      this.#wanted = null;
      const outcome = await this.#look(wish.request);
      const costMs = outcome.ok ? outcome.value.costMs : 0;
      this.#nextMs = performance.now() + Math.max(this.#intervalMs, costMs / SHARE);
      if (this.#gone) continue;
      const begin = performance.now();
      const drawnMs = await drawn(() => {
        this.problem = outcome.ok ? null : (outcome.problems[0] ?? null);
        if (outcome.ok) this.current = outcome.value;
      }, this.#load());
      // Whoever asked for something else meanwhile is not kept waiting.
      if (this.#nextMs > 0) this.#nextMs = Math.max(this.#nextMs, begin + drawnMs / drawingShare(this.#load()));
    }
    this.#looking = false;
  }
}
