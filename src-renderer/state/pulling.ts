/** One pull after another, never two at a time; what is asked for while one only rests begins behind it. */
export class Pulling<T> {
  /** Whether a pull should go on. */
  wanted = false;
  readonly #nothing: T;
  #loop: Promise<T> | null = null;
  #resting = false;

  /** @param nothing what comes of a pull that was stopped before it began */
  constructor(nothing: T) {
    this.#nothing = nothing;
  }

  begin(pull: () => Promise<T>): Promise<T> {
    this.wanted = true;
    if (this.#loop !== null && !this.#resting) return this.#loop;
    const begun = this.#loop?.then(() => (this.wanted ? pull() : this.#nothing)) ?? pull();
    const loop = begun.finally(() => {
      if (this.#loop === loop) this.#loop = null;
    });
    this.#resting = false;
    this.#loop = loop;
    return loop;
  }

  /** The end of a pull, in which nothing is pulled any more. */
  rest(resting: () => Promise<T>): Promise<T> {
    this.wanted = false;
    this.#resting = true;
    return resting().finally(() => {
      this.#resting = false;
    });
  }

  /** Resolves after the call that is under way. */
  async stop(): Promise<void> {
    this.wanted = false;
    await this.#loop;
  }
}
