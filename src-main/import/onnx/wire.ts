import { ProblemError } from '../../../src-worker/problem';
import { damagedModel } from '../unsupported';

/**
 * The wire format of protocol buffers, read without copying: every value is a number or a view of the file, so nothing in the file can make
 * the reader allocate. Source: Protocol Buffers documentation, "Encoding".
 */
export interface WireField {
  readonly number: number;
  readonly type: WireType;
  /** Of `varint`, as far as 2^53; longer ones lose their last digits. */
  readonly integer: bigint;
  /** Of the others: their bytes. */
  readonly bytes: Uint8Array;
}

export type WireType = 'varint' | 'fixed64' | 'bytes' | 'fixed32';

const TYPES: Readonly<Record<number, WireType>> = { 0: 'varint', 1: 'fixed64', 2: 'bytes', 5: 'fixed32' };
const NOTHING = new Uint8Array(0);
const MOST_VARINT_BYTES = 10;

export class WireReader {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly file: string;
  /** Where `bytes` begin in the file. */
  private readonly start: number;

  constructor(bytes: Uint8Array, file: string, start = 0) {
    this.bytes = bytes;
    this.file = file;
    this.start = start;
  }

  /** The fields of a message in their order; @throws ProblemError where the bytes are none. */
  *fields(): Generator<WireField> {
    while (this.at < this.bytes.length) {
      const key = Number(this.varint());
      const type = TYPES[key & 7];
      const number = Math.floor(key / 8);
      if (type === undefined || number === 0) throw this.damaged('a field is of an unknown kind');
      if (type === 'varint') yield { number, type, integer: this.varint(), bytes: NOTHING };
      else yield { number, type, integer: 0n, bytes: this.take(type) };
    }
  }

  /** What is left as varints one after another, as packed fields are. */
  *varints(): Generator<bigint> {
    while (this.at < this.bytes.length) yield this.varint();
  }

  private take(type: Exclude<WireType, 'varint'>): Uint8Array {
    const length = type === 'bytes' ? Number(this.varint()) : type === 'fixed64' ? 8 : 4;
    if (length > this.bytes.length - this.at)
      throw this.damaged(`${length} bytes are promised where ${this.bytes.length - this.at} are left`);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private varint(): bigint {
    let value = 0n;
    for (let n = 0; n < MOST_VARINT_BYTES; n++) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw this.damaged('it breaks off in a number');
      this.at += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * n);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw this.damaged('a number has too many digits');
  }

  private damaged(what: string): ProblemError {
    return new ProblemError(damagedModel(this.file, what, this.start + this.at));
  }
}
