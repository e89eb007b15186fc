import type { PixelArray } from '../loaded';

/** How the elements of a NumPy array lie in a file, and how they are kept. */
export interface NumberType {
  readonly kind: 'number';
  readonly bytes: number;
  /**
   * The elements out of their bytes, little-endian, which may be overwritten: a view of them where their type is one of JavaScript's.
   * 64-bit integers become float64, which is exact up to 2^53.
   */
  decode(buffer: ArrayBuffer): PixelArray;
}

/** Texts of a fixed length, padded with zeros. */
export interface TextType {
  readonly kind: 'text';
  readonly bytes: number;
  /** `bytes` of one element in the file's byte order. */
  decode(bytes: Uint8Array, littleEndian: boolean): string;
}

const numbers = new Map<string, NumberType>([
  ['b1', number(1, (buffer) => new Uint8Array(buffer))],
  ['u1', number(1, (buffer) => new Uint8Array(buffer))],
  ['i1', number(1, (buffer) => new Int8Array(buffer))],
  ['u2', number(2, (buffer) => new Uint16Array(buffer))],
  ['i2', number(2, (buffer) => new Int16Array(buffer))],
  ['u4', number(4, (buffer) => new Uint32Array(buffer))],
  ['i4', number(4, (buffer) => new Int32Array(buffer))],
  ['u8', number(8, (buffer) => wholeNumbers(new Uint32Array(buffer), new Uint32Array(buffer)))],
  ['i8', number(8, (buffer) => wholeNumbers(new Uint32Array(buffer), new Int32Array(buffer)))],
  ['f2', number(2, (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber))],
  ['f4', number(4, (buffer) => new Float32Array(buffer))],
  ['f8', number(8, (buffer) => new Float64Array(buffer))],
]);

function number(bytes: number, decode: NumberType['decode']): NumberType {
  return { kind: 'number', bytes, decode };
}

/** high · 2^32 + low, rounded once: `high` carries the sign. */
function wholeNumbers(low: Uint32Array, high: Uint32Array | Int32Array): Float64Array {
  const values = new Float64Array(low.length / 2);
  for (let n = 0; n < values.length; n++) values[n] = high[2 * n + 1]! * 2 ** 32 + low[2 * n]!;
  return values;
}

/** binary16: a sign, five bits of exponent, ten of fraction. Source: IEEE 754-2008, §3.4. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** One item type of a header: byte order, kind and bytes of an element, as in `<f4`. */
export interface ItemType {
  readonly littleEndian: boolean;
  readonly type: NumberType | TextType;
}

const MAX_TEXT_BYTES = 2 ** 16;

/** Reads a type string such as `<f4`, `|u1` or `<U10`; otherwise says in words what stands in the way. */
export function parseItemType(text: string): ItemType | string {
  const [, order, kind = '', size = ''] = /^([<>|=]?)([a-zA-Z])(\d*)/.exec(text) ?? [];
  const littleEndian = order !== '>';
  const type = numbers.get(kind + size);
  if (type !== undefined && text === `${order}${kind}${size}`) return { littleEndian, type };
  if (kind === 'S' || kind === 'U') {
    const bytes = Number(size) * (kind === 'U' ? 4 : 1);
    if (bytes > MAX_TEXT_BYTES) return `texts of ${size} characters each, which is too long for a category`;
    return { littleEndian, type: { kind: 'text', bytes, decode: kind === 'U' ? decodeUtf32 : decodeBytes } };
  }
  return reasons.get(kind) ?? `elements of type ${JSON.stringify(text.slice(0, 20))}, which is not a number or a text`;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['O', 'pickled Python objects, which could run code and are never opened'],
  ['c', 'complex numbers, which no layer computes with; save the real and the imaginary part as columns'],
  ['M', 'dates; save them as numbers or texts'],
  ['m', 'spans of time; save them as numbers'],
  ['V', 'raw bytes without a type'],
  ['f', 'floats of a size that other machines do not know; save them as float64'],
  ['g', 'floats of a size that other machines do not know; save them as float64'],
]);

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text.replace(/\0+$/, '');
}

function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
}

/** Turns big-endian elements of `size` bytes into little-endian ones, the order of every machine that runs this app. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let start = 0; start < bytes.length; start += size) {
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}
