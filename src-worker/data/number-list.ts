/** The numbers of a column, row by row; NaN is a hole. Immutable. */
export interface NumberList {
  readonly length: number;
  readonly byteLength: number;
  at(row: number): number;
}

/** Numbers as float64. The array is not copied and belongs to the list from then on. */
export class FloatList implements NumberList {
  private readonly values: Float64Array;

  constructor(values: Float64Array) {
    this.values = values;
  }

  get length(): number {
    return this.values.length;
  }

  get byteLength(): number {
    return this.values.byteLength;
  }

  at(row: number): number {
    return this.values[row]!;
  }
}

/** Stands for a hole among the digits of a {@link DecimalList}. */
export const NO_DIGITS = -(2 ** 31);

/** The largest digits, as a whole number, that fit into four bytes. */
export const MOST_DIGITS = 2 ** 31 - 1;

/** 10⁰ … 10²², all of which float64 holds exactly. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * Numbers of the same few decimal places in half the memory of float64: 3.14 is the digits 314 at 2 places. Nothing is lost: digits and
 * power of ten are both exact, so their quotient, rounded once, is the very float64 that is nearest to the decimal.
 */
export class DecimalList implements NumberList {
  readonly places: number;
  /** {@link NO_DIGITS} for a hole. Read only. */
  readonly digits: Int32Array;
  private readonly power: number;

  constructor(digits: Int32Array, places: number) {
    this.digits = digits;
    this.places = places;
    this.power = POWERS_OF_TEN[places]!;
  }

  get length(): number {
    return this.digits.length;
  }

  get byteLength(): number {
    return this.digits.byteLength;
  }

  at(row: number): number {
    const digits = this.digits[row]!;
    return digits === NO_DIGITS ? NaN : digits / this.power;
  }
}

/** The numbers of one list below those of another, in four bytes each where both are and have the same places. */
export function joinNumbers(first: NumberList, second: NumberList): NumberList {
  const length = first.length + second.length;
  if (first instanceof DecimalList && second instanceof DecimalList && first.places === second.places) {
    const digits = new Int32Array(length);
    digits.set(first.digits);
    digits.set(second.digits, first.length);
    return new DecimalList(digits, first.places);
  }
  const values = new Float64Array(length);
  for (let row = 0; row < first.length; row++) values[row] = first.at(row);
  for (let row = 0; row < second.length; row++) values[first.length + row] = second.at(row);
  return new FloatList(values);
}
