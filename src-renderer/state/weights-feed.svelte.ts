import type { NamedTensor, Outcome } from '../../src-worker/api';
import { tensorsByName } from './tensors-by-name';
import { pause } from './pace';

/** What answers: the training worker. */
interface WeightsSource {
  parameters(names?: readonly string[]): Promise<Outcome<readonly NamedTensor[]>>;
}

/**
 * Pulls weights for what is on the screen: one request at a time, never more often than the interval, the newest wish only. A view that is
 * not there asks for nothing.
 */
export class WeightsFeed {
  /** By name, such as `W1`; null while there are none. */
  current = $state.raw<ReadonlyMap<string, NamedTensor> | null>(null);

  readonly #source: WeightsSource;
  readonly #intervalMs: number;
  #wanted: readonly string[] | null = null;
  #pulling = false;
  #nextMs = 0;

  /** @param intervalMs least time between two looks; 50 is 20 a second, and more is not seen */
  constructor(source: WeightsSource, intervalMs = 50) {
    this.#source = source;
    this.#intervalMs = intervalMs;
  }

  /** Wishes for the arrays of these names as they are now; replaces a wish that was not yet answered. Null withdraws it. */
  ask(names: readonly string[] | null): void {
    this.#wanted = names;
    if (names === null) this.current = null;
    if (!this.#pulling) void this.#pull();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const names = this.#wanted;
      if (names === null) break;
      this.#wanted = null;
      this.#nextMs = performance.now() + this.#intervalMs;
      const outcome = await this.#source.parameters(names);
      this.current = outcome.ok ? tensorsByName(outcome.value) : null;
    }
    this.#pulling = false;
  }
}
