import { randomBytes } from 'node:crypto';

/** The window cannot name a path, so it gets a random word for each; it says nothing and cannot be guessed. */
export class Handles<T> {
  readonly #values = new Map<string, T>();
  readonly #most: number;

  /** @param most the oldest are forgotten beyond this many, so that a runaway window cannot fill the memory */
  constructor(most = 10_000) {
    this.#most = most;
  }

  give(value: T): string {
    const handle = randomBytes(16).toString('base64url');
    this.#values.set(handle, value);
    const oldest = this.#values.keys().next();
    if (this.#values.size > this.#most && oldest.done !== true) this.#values.delete(oldest.value);
    return handle;
  }

  forget(handle: string): void {
    this.#values.delete(handle);
  }

  get(handle: string): T | null {
    return this.#values.get(handle) ?? null;
  }
}
