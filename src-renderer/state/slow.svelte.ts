import { untrack } from 'svelte';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';

/**
 * Follows a value at most once in `intervalMs`, and less often where showing it takes long: for what a person reads, which must not flicker while training
 * runs at sixty pictures a second, and each change of which costs a picture of the window. The first change after a while is shown at once, and the last
 * value always arrives. Create it while a component is being set up.
 */
export class Slow<T> {
  current = $state.raw() as T;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #latest: T;
  #nextMs = 0;
  readonly #load: () => Load;

  /**
   * @param load what else the machine does
   * @param busy false while there is nothing to be slow for: every change is shown at once
   */
  constructor(read: () => T, intervalMs: number, load: () => Load, busy: () => boolean = () => true) {
    this.#load = load;
    this.#latest = untrack(read);
    this.current = this.#latest;
    $effect(() => {
      this.#latest = read();
      const wait = busy() ? this.#nextMs - performance.now() : 0;
      if (wait <= 0) void this.#show(intervalMs);
      else this.#timer ??= setTimeout(() => void this.#show(intervalMs), wait);
    });
    $effect(() => () => this.#forget());
  }

  async #show(intervalMs: number): Promise<void> {
    this.#forget();
    const begin = performance.now();
    this.#nextMs = begin + intervalMs;
    const drawnMs = await drawn(() => (this.current = this.#latest), this.#load());
    this.#nextMs = begin + Math.max(intervalMs, drawnMs / drawingShare(this.#load()));
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
