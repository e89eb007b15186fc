type Codes = Uint8Array | Uint16Array | Uint32Array;

/** An append-only list of non-negative integers in the narrowest typed array that holds them. */
export class GrowingCodes {
  length = 0;
  private items: Codes = new Uint8Array(64);

  push(code: number): void {
    if (this.length === this.items.length) this.items = copyInto(widthOf(this.items, 2 * this.length), this.items);
    if (code > 255 && this.items.BYTES_PER_ELEMENT < 2) this.items = Uint16Array.from(this.items);
    if (code > 65_535 && this.items.BYTES_PER_ELEMENT < 4) this.items = Uint32Array.from(this.items);
    this.items[this.length++] = code;
  }

  /** The codes so far, without spare room; fresh. */
  toArray(): Codes {
    return this.items.slice(0, this.length);
  }
}

/** An append-only list of float64 numbers. */
export class GrowingNumbers {
  length = 0;
  private items = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.items.length) this.items = copyInto(new Float64Array(2 * this.length), this.items);
    this.items[this.length++] = value;
  }

  /** The numbers so far, without spare room; fresh. */
  toArray(): Float64Array {
    return this.items.slice(0, this.length);
  }
}

function widthOf(like: Codes, length: number): Codes {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  return like instanceof Uint16Array ? new Uint16Array(length) : new Uint32Array(length);
}

function copyInto<T extends Codes | Float64Array>(wider: T, items: T): T {
  wider.set(items);
  return wider;
}
