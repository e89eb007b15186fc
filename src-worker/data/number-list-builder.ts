import {
  DecimalList,
  FloatList,
  MOST_DIGITS,
  NO_DIGITS,
  PIECE_ROWS,
  POWERS_OF_TEN,
  type NumberList,
} from './number-list';

const FIRST_ROWS = 1_024;

/**
 * Collects numbers in the pieces of their list, so that growing copies next to nothing and leaves no room unused. They take four bytes each for as long
 * as all are decimals of few digits, and eight from the first on that is not.
 */
export class NumberListBuilder {
  private readonly pieces: (Int32Array | Float64Array)[] = [];
  private piece: Int32Array | Float64Array = new Int32Array(0);
  private filled = 0;
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
    if (this.filled < this.piece.length) this.pieces[this.pieces.length - 1] = this.piece.slice(0, this.filled);
    const { pieces, decimal, places } = this;
    return decimal ? new DecimalList(pieces as Int32Array[], places) : new FloatList(pieces as Float64Array[]);
  }

  private push(item: number): void {
    if (this.filled === this.piece.length) this.open();
    this.piece[this.filled++] = item;
  }

  private open(): void {
    const { piece, filled } = this;
    const grows = filled > 0 && filled < PIECE_ROWS;
    // Small columns need not take a whole piece.
    const rows = grows ? 2 * filled : this.pieces.length === 0 ? FIRST_ROWS : PIECE_ROWS;
    this.piece = this.decimal ? new Int32Array(rows) : new Float64Array(rows);
    if (grows) {
      this.piece.set(piece);
      this.pieces.pop();
    } else {
      this.filled = 0;
    }
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
}
