/** Lets one thing at a time happen to what is shared, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;

  /** Whether anybody waits for the end of the present turn. */
  get awaited(): boolean {
    return this.#asked > 1;
  }

  take<T>(turn: () => Promise<T>): Promise<T> {
    this.#asked += 1;
    const running = this.#last.then(turn).finally(() => (this.#asked -= 1));
    // Whoever asked hears of a failure; the next turn comes all the same.
    this.#last = running.catch(() => undefined);
    return running;
  }
}
