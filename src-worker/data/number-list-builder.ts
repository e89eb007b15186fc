import { DecimalList, FloatList, MOST_DIGITS, NO_DIGITS, POWERS_OF_TEN, type NumberList } from './number-list';

const FIRST_ROWS = 1_024;
const MOST_ROWS = 65_536;

/**
 * Collects numbers in pieces, so that growing copies nothing and leaves no room unused. They take four bytes each for as long
 * as all are decimals of few digits, and eight from the first on that is not.
 */
export class NumberListBuilder {
  private readonly pieces: (Int32Array | Float64Array)[] = [];
  private piece: Int32Array | Float64Array = new Int32Array(0);
  private filled = 0;
  private before = 0;
  private decimal = true;
  private places = 0;
  /** Largest digits so far. */
  private most = 0;

  /** The decimal digits · 10^−places, both exact. */
  pushDecimal(digits: number, places: number): void {
    if (this.decimal && places > this.places) this.refine(places);
    if (this.decimal) {
      const scaled = digits * POWERS_OF_TEN[this.places - places]!;
      const size = Math.abs(scaled);
      if (size <= MOST_DIGITS) {
        if (size > this.most) this.most = size;
        this.push(scaled);
        return;
      }
      this.widen();
    }
    this.push(digits / POWERS_OF_TEN[places]!);
  }

  /** NaN is a hole. */
  pushNumber(value: number): void {
    if (this.decimal) {
      if (Number.isNaN(value)) {
        this.push(NO_DIGITS);
        return;
      }
      if (Number.isInteger(value) && Math.abs(value) <= MOST_DIGITS) {
        this.pushDecimal(value, 0);
        return;
      }
      this.widen();
    }
    this.push(value);
  }

  /** Ends the list; the builder is of no use afterwards. */
  finish(): NumberList {
    const length = this.before + this.filled;
    if (this.decimal) return new DecimalList(this.joinInto(new Int32Array(length)), this.places);
    return new FloatList(this.joinInto(new Float64Array(length)));
  }

  private push(item: number): void {
    if (this.filled === this.piece.length) this.open();
    this.piece[this.filled++] = item;
  }

  private open(): void {
    this.before += this.filled;
    this.filled = 0;
    const rows = Math.min(MOST_ROWS, Math.max(FIRST_ROWS, this.before));
    this.piece = this.decimal ? new Int32Array(rows) : new Float64Array(rows);
    this.pieces.push(this.piece);
  }

  /** More places for all, where the digits so far leave room for them. */
  private refine(places: number): void {
    const factor = POWERS_OF_TEN[places - this.places]!;
    if (this.most * factor > MOST_DIGITS) {
      this.widen();
      return;
    }
    for (const piece of this.pieces) {
      for (let row = 0; row < piece.length; row++) if (piece[row] !== NO_DIGITS) piece[row]! *= factor;
    }
    this.most *= factor;
    this.places = places;
  }

  private widen(): void {
    const power = POWERS_OF_TEN[this.places]!;
    this.pieces.forEach((piece, index) => {
      this.pieces[index] = Float64Array.from(piece, (digits) => (digits === NO_DIGITS ? NaN : digits / power));
    });
    this.piece = this.pieces.at(-1) ?? new Float64Array(0);
    this.decimal = false;
  }

  /** Lets go of each piece once it is copied. */
  private joinInto<T extends Int32Array | Float64Array>(whole: T): T {
    let at = 0;
    this.pieces.reverse();
    for (let piece = this.pieces.pop(); piece !== undefined; piece = this.pieces.pop()) {
      whole.set(piece.subarray(0, whole.length - at), at);
      at += piece.length;
    }
    return whole;
  }
}
