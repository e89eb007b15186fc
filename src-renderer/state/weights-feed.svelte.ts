import type { NamedTensor, Outcome } from '../../src-worker/api';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';
import { pause } from './pace';
import { tensorsByName } from './tensors-by-name';

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
  readonly #load: () => Load;
  readonly #intervalMs: number;
  #wanted: readonly string[] | null = null;
  #pulling = false;
  #nextMs = 0;

  /**
   * @param load what else the machine does
   * @param intervalMs least time between two looks; 50 is 20 a second, and more is not seen
   */
  constructor(source: WeightsSource, load: () => Load, intervalMs = 50) {
    this.#source = source;
    this.#load = load;
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
      const begin = performance.now();
      const outcome = await this.#source.parameters(names);
      const drawnMs = await drawn(
        () => (this.current = outcome.ok ? tensorsByName(outcome.value) : null),
        this.#load(),
      );
      this.#nextMs = begin + Math.max(this.#intervalMs, drawnMs / drawingShare(this.#load()));
    }
    this.#pulling = false;
  }
}
