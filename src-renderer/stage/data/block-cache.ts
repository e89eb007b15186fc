/** What came out of the worker, block by block: the newest blocks, and until they are known anew those from before the last change. */
export class BlockCache<T> {
  readonly #most: number;
  #fresh = new Map<string, readonly T[]>();
  #stale = new Map<string, readonly T[]>();

  /** @param most blocks that are kept; those that were put in first go first */
  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#fresh.size === 0;
  }

  /** Whether a block is known as it is now. */
  has(key: string): boolean {
    return this.#fresh.has(key);
  }

  /** A block, perhaps as it was before the last change; undefined where nothing is known of it. */
  get(key: string): readonly T[] | undefined {
    return this.#fresh.get(key) ?? this.#stale.get(key);
  }

  put(key: string, block: readonly T[]): void {
    this.#fresh.set(key, block);
    for (const oldest of this.#fresh.keys()) {
      if (this.#fresh.size <= this.#most) break;
      this.#fresh.delete(oldest);
    }
  }

  /** Nothing is known any more as it is now; `keep` leaves on the screen what was there. */
  expire(keep: boolean): void {
    const known = keep ? [...this.#stale, ...this.#fresh] : [];
    this.#stale = new Map(known.slice(-this.#most));
    this.#fresh = new Map();
  }
}
