import type { FloatArray } from '../../src-worker/tensor';
import { widenBfloat16, widenFloat16 } from '../half';

/** A type of numbers in HDF5, and how fresh, aligned, little-endian bytes become floats. */
export interface NumberType {
  readonly label: string;
  readonly bytes: number;
  readonly decode: (buffer: ArrayBuffer) => FloatArray;
}

/** By their bytes and the bits of their exponents. */
const FLOATS: Readonly<Record<string, NumberType>> = {
  '2 5': { label: 'float16', bytes: 2, decode: (buffer) => widenFloat16(new Uint16Array(buffer)) },
  '2 8': { label: 'bfloat16', bytes: 2, decode: (buffer) => widenBfloat16(new Uint16Array(buffer)) },
  '4 8': { label: 'float32', bytes: 4, decode: (buffer) => new Float32Array(buffer) },
  '8 11': { label: 'float64', bytes: 8, decode: (buffer) => new Float64Array(buffer) },
};

const SIGNED: Readonly<Record<number, NumberType>> = {
  1: { label: 'int8', bytes: 1, decode: (buffer) => Float32Array.from(new Int8Array(buffer)) },
  2: { label: 'int16', bytes: 2, decode: (buffer) => Float32Array.from(new Int16Array(buffer)) },
  4: { label: 'int32', bytes: 4, decode: (buffer) => Float64Array.from(new Int32Array(buffer)) },
  8: { label: 'int64', bytes: 8, decode: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) },
};

const UNSIGNED: Readonly<Record<number, NumberType>> = {
  1: { label: 'uint8', bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  2: { label: 'uint16', bytes: 2, decode: (buffer) => Float32Array.from(new Uint16Array(buffer)) },
  4: { label: 'uint32', bytes: 4, decode: (buffer) => Float64Array.from(new Uint32Array(buffer)) },
  8: { label: 'uint64', bytes: 8, decode: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number) },
};

/** @param message a datatype message; @returns null for texts, records and numbers in other byte orders */
export function readNumbers(message: Uint8Array): NumberType | null {
  if (message.length < 8) return null;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const kind = view.getUint8(0) & 0x0f;
  const bits = view.getUint8(1);
  const size = view.getUint32(4, true);
  // Bit 0 of both kinds: big-endian.
  if ((bits & 1) !== 0) return null;
  // Behind offset and precision (two bytes each): where the exponent lies, and how wide it is.
  if (kind === 1) return message.length < 14 ? null : (FLOATS[`${size} ${view.getUint8(13)}`] ?? null);
  if (kind === 0) return ((bits & 8) !== 0 ? SIGNED : UNSIGNED)[size] ?? null;
  return null;
}
