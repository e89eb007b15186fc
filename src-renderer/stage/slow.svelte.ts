/**
 * Follows a value at most once in `intervalMs`: for words that a person reads and that must not flicker while training runs at sixty
 * pictures a second. The last value always arrives. Create it while a component is being set up.
 */
export class Slow<T> {
  current = $state.raw() as T;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #latest: T;

  constructor(read: () => T, intervalMs: number) {
    this.#latest = read();
    this.current = this.#latest;
    $effect(() => {
      this.#latest = read();
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.current = this.#latest;
      }, intervalMs);
    });
    $effect(() => () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
    });
  }
}
