/** The numbers of a column, row by row; NaN is a hole. Immutable. */
export interface NumberList {
  readonly length: number;
  readonly byteLength: number;
  at(row: number): number;
}

/** Rows of every piece of a list but the last, which may have fewer: a list that grows is never copied as a whole. */
export const PIECE_ROWS = 2 ** 16;
const PIECE_BITS = 16;

type Pieces<T> = readonly T[];

/** Numbers as float64. The arrays are not copied and belong to the list from then on. */
export class FloatList implements NumberList {
  readonly length: number;
  private readonly pieces: Pieces<Float64Array>;

  /** @param values all of them, or in pieces of {@link PIECE_ROWS} */
  constructor(values: Float64Array | Pieces<Float64Array>) {
    this.pieces = values instanceof Float64Array ? cut(values) : values;
    this.length = lengthOf(this.pieces);
  }

  get byteLength(): number {
    return this.length * Float64Array.BYTES_PER_ELEMENT;
  }

  at(row: number): number {
    return this.pieces[row >>> PIECE_BITS]![row & (PIECE_ROWS - 1)]!;
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
  readonly length: number;
  readonly places: number;
  /** In pieces of {@link PIECE_ROWS}; {@link NO_DIGITS} for a hole. Read only. */
  readonly digits: Pieces<Int32Array>;
  private readonly power: number;

  /** @param digits belong to the list from then on */
  constructor(digits: Pieces<Int32Array>, places: number) {
    this.digits = digits;
    this.length = lengthOf(digits);
    this.places = places;
    this.power = POWERS_OF_TEN[places]!;
  }

  get byteLength(): number {
    return this.length * Int32Array.BYTES_PER_ELEMENT;
  }

  at(row: number): number {
    const digits = this.digits[row >>> PIECE_BITS]![row & (PIECE_ROWS - 1)]!;
    return digits === NO_DIGITS ? NaN : digits / this.power;
  }
}

/** The numbers of one list below those of another, in four bytes each where both are and have the same places. */
export function joinNumbers(first: NumberList, second: NumberList): NumberList {
  const length = first.length + second.length;
  if (first instanceof DecimalList && second instanceof DecimalList && first.places === second.places) {
    const digits = new Int32Array(length);
    let at = 0;
    for (const piece of [...first.digits, ...second.digits]) {
      digits.set(piece, at);
      at += piece.length;
    }
    return new DecimalList(cut(digits), first.places);
  }
  const values = new Float64Array(length);
  for (let row = 0; row < first.length; row++) values[row] = first.at(row);
  for (let row = 0; row < second.length; row++) values[first.length + row] = second.at(row);
  return new FloatList(values);
}

/** Views of an array in pieces of {@link PIECE_ROWS}. */
function cut<T extends Int32Array | Float64Array>(whole: T): Pieces<T> {
  return Array.from(
    { length: Math.ceil(whole.length / PIECE_ROWS) },
    (_, index) => whole.subarray(index * PIECE_ROWS, (index + 1) * PIECE_ROWS) as T,
  );
}

function lengthOf(pieces: Pieces<ArrayLike<number>>): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
