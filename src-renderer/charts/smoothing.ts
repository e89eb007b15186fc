/**
 * Exponentially weighted average with bias correction, one value at a time.
 *
 *   v ← β v + (1 − β) x,   smoothed = v / (1 − βᵗ)
 *
 * The correction keeps the first values where they are instead of pulling them towards zero. A value that is no number (a
 * diverged loss, a part that does not exist) passes through and leaves the average alone.
 */
export class ExponentialSmoother {
  readonly #beta: number;
  #v = 0;
  /** 1 − βᵗ, built up term by term so that it is exact for β = 0. */
  #weight = 0;

  /** @param beta share of the past that each value keeps, 0 (no smoothing) up to but not 1 */
  constructor(beta: number) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`smoothing ${beta} is not in [0, 1)`);
    this.#beta = beta;
  }

  next(x: number): number {
    if (!Number.isFinite(x)) return x;
    this.#v = this.#beta * this.#v + (1 - this.#beta) * x;
    this.#weight = this.#beta * this.#weight + (1 - this.#beta);
    return this.#v / this.#weight;
  }
}
