/** Values under one block of the next level. */
const FAN = 4;
/** Levels above the values themselves: enough for 4¹² ≈ 17 million of them. */
const LEVELS = 12;
const NONE = -1;

/**
 * Divides the stretch `from` … `to` − 1 into as few blocks as there can be: block b of level l holds the values
 * b · 4ˡ … (b + 1) · 4ˡ − 1. At most six blocks of each level are visited, so their number grows with the logarithm of the stretch.
 */
export function cover(from: number, to: number, visit: (level: number, block: number) => void): void {
  let [left, right] = [from, to];
  for (let level = 0; left < right; level++) {
    const whole = level === LEVELS;
    while (left < right && (whole || left % FAN !== 0)) visit(level, left++);
    while (left < right && right % FAN !== 0) visit(level, --right);
    left /= FAN;
    right /= FAN;
  }
}

/** Where the lowest and the highest value of a stretch are. */
export interface Extremes {
  readonly lowest: number;
  readonly highest: number;
}

/** Numbers that grow at their end; lowest and highest of any stretch are found without a look at each of them. Values that are no finite number take no part. */
export class MinMaxPyramid {
  readonly values: number[] = [];
  /** Per level above the values, of each whole block the index of its lowest and of its highest value. */
  readonly #lowest: number[][] = Array.from({ length: LEVELS }, () => []);
  readonly #highest: number[][] = Array.from({ length: LEVELS }, () => []);

  push(value: number): void {
    let count = this.values.push(value);
    // Only whole blocks are ever asked for: each is worked out once, from those below it.
    for (let level = 1; level <= LEVELS && count % FAN === 0; level++) {
      count /= FAN;
      let [lowest, highest] = [NONE, NONE];
      for (let child = (count - 1) * FAN; child < count * FAN; child++) {
        lowest = this.#further(this.#lowestOf(level - 1, child), lowest, -1);
        highest = this.#further(this.#highestOf(level - 1, child), highest, 1);
      }
      this.#lowest[level - 1]!.push(lowest);
      this.#highest[level - 1]!.push(highest);
    }
  }

  clear(): void {
    for (const list of [this.values, ...this.#lowest, ...this.#highest]) list.length = 0;
  }

  /** Of the values `from` … `to` − 1; null where none of them is a finite number. The first of equals counts. */
  extremes(from: number, to: number): Extremes | null {
    let [lowest, highest] = [NONE, NONE];
    cover(from, to, (level, block) => {
      lowest = this.#further(this.#lowestOf(level, block), lowest, -1);
      highest = this.#further(this.#highestOf(level, block), highest, 1);
    });
    return lowest === NONE ? null : { lowest, highest };
  }

  #lowestOf(level: number, block: number): number {
    return level > 0 ? this.#lowest[level - 1]![block]! : Number.isFinite(this.values[block]) ? block : NONE;
  }

  #highestOf(level: number, block: number): number {
    return level > 0 ? this.#highest[level - 1]![block]! : Number.isFinite(this.values[block]) ? block : NONE;
  }

  /** Which of two values goes further in a direction; the earlier of equals. */
  #further(a: number, b: number, direction: 1 | -1): number {
    if (a === NONE || b === NONE) return a === NONE ? b : a;
    const further = direction * (this.values[a]! - this.values[b]!);
    return further > 0 || (further === 0 && a < b) ? a : b;
  }
}
