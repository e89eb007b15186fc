import type { FloatArray, Shape } from './tensor';

/** What a .npy file holds. */
export interface NpyArray {
  /** The file is called after it, or not; it does not stand inside. */
  readonly name?: string;
  readonly shape: Shape;
  readonly values: FloatArray | Uint8Array;
}

/**
 * One array as a .npy file, version 1.0: magic, version, length of the header, a Python dictionary padded with spaces so that
 * the data begin at a multiple of 64 bytes, then the data, little-endian and row-major.
 * Source: numpy's format description, numpy.lib.format.
 */
export function encodeNpy({ shape, values }: NpyArray): Uint8Array {
  const type = values instanceof Uint8Array ? '|u1' : values instanceof Float64Array ? '<f8' : '<f4';
  // A tuple of one needs its comma in Python.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefix = 10;
  const headerBytes = Math.ceil((prefix + dictionary.length + 1) / 64) * 64 - prefix;
  const bytes = new Uint8Array(prefix + headerBytes + values.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, headerBytes & 0xff, headerBytes >> 8]);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(headerBytes - 1)}\n`), prefix);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), prefix + headerBytes);
  return bytes;
}
