/** Lets one thing at a time happen to what is shared, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(turn: () => Promise<T>): Promise<T> {
    const running = this.#last.then(turn);
    // Whoever asked hears of a failure; the next turn comes all the same.
    this.#last = running.catch(() => undefined);
    return running;
  }
}
