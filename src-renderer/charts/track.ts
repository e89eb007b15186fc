import { MinMaxPyramid } from './min-max-pyramid';
import { nearestIndex } from './sampling';
import type { Range } from './scale';
import { ExponentialSmoother } from './smoothing';
import { thin, type XY } from './thin';

export type Scale = 'linear' | 'logarithmic';

/** Values of a line, with what a logarithmic scale can show of them. */
class Values {
  readonly all = new MinMaxPyramid();
  /** Made when it is first asked for: most lines are never looked at on such a scale. */
  #positive: MinMaxPyramid | null = null;

  push(value: number): void {
    this.all.push(value);
    this.#positive?.push(positive(value));
  }

  on(scale: Scale): MinMaxPyramid {
    if (scale === 'linear') return this.all;
    if (this.#positive === null) {
      this.#positive = new MinMaxPyramid();
      for (const value of this.all.values) this.#positive.push(positive(value));
    }
    return this.#positive;
  }
}

/** One line: values over a rising x that grows, as measured and smoothed, thinned to what a picture can show of them. */
export class Track {
  readonly x: number[] = [];
  #measured = new Values();
  #smoothed = this.#measured;
  #smoother = new ExponentialSmoother(0);
  #beta = 0;
  #notPositive = 0;

  /** How many measured values are 0 or below, which a logarithmic scale has no place for. */
  get notPositive(): number {
    return this.#notPositive;
  }

  /** @param y no finite number for a value that does not exist */
  push(x: number, y: number): void {
    this.x.push(x);
    this.#measured.push(y);
    if (y <= 0) this.#notPositive++;
    if (this.#beta > 0) this.#smoothed.push(this.#smoother.next(y));
  }

  clear(): void {
    this.x.length = 0;
    this.#measured = new Values();
    this.#notPositive = 0;
    this.#smoothAll();
  }

  /** @param beta share of the past in each smoothed value, 0 (as measured) up to but not 1 */
  smooth(beta: number): void {
    if (beta === this.#beta) return;
    this.#beta = beta;
    this.#smoothAll();
  }

  /** What was measured at the x nearest to `x`; NaN where the line is not: before its first or behind its last point. */
  valueAt(x: number): number {
    return this.#value(this.#measured, x);
  }

  smoothedAt(x: number): number {
    return this.#value(this.#smoothed, x);
  }

  /** The x of its own that is nearest to `x`, or comes next to it in a direction; null where there is none. */
  nearestX(x: number, direction: 1 | -1 | 0 = 0): number | null {
    let index = nearestIndex(this.x, x);
    while (direction !== 0 && direction * ((this.x[index] ?? x) - x) <= 0 && this.x[index] !== undefined)
      index += direction;
    return this.x[index] ?? null;
  }

  points(of: 'measured' | 'smoothed', scale: Scale, window: Range, pixels: number): XY[] {
    const values = of === 'measured' ? this.#measured : this.#smoothed;
    return thin(this.x, values.on(scale), window, pixels);
  }

  #value({ all }: Values, x: number): number {
    const outside = this.x.length === 0 || x < this.x[0]! || x > this.x.at(-1)!;
    return outside ? Number.NaN : all.values[nearestIndex(this.x, x)]!;
  }

  #smoothAll(): void {
    this.#smoother = new ExponentialSmoother(this.#beta);
    if (this.#beta === 0) {
      this.#smoothed = this.#measured;
      return;
    }
    this.#smoothed = new Values();
    for (const y of this.#measured.all.values) this.#smoothed.push(this.#smoother.next(y));
  }
}

function positive(value: number): number {
  return value > 0 ? value : Number.NaN;
}
