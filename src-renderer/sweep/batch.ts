/** Hands on what comes in: the first at once, then all that came together, so many times a second at most. */
export class Batch<T> {
  readonly #give: (items: readonly T[]) => void;
  readonly #everyMs: number;
  #items: T[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #given = -Infinity;

  constructor(give: (items: readonly T[]) => void, everyMs: number) {
    this.#give = give;
    this.#everyMs = everyMs;
  }

  add(item: T): void {
    this.#items.push(item);
    const wait = this.#given + this.#everyMs - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Hands on what waits, now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#items.length === 0) return;
    this.#given = performance.now();
    this.#give(this.#items.splice(0));
  }
}
