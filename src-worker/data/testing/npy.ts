import { concat } from './zip';

/**
 * A NumPy array of version 1, made by hand so that it can also be wrong.
 * @param descr as Python writes it, quotes included
 * @param header instead of one made out of `descr` and `shape`
 */
export function npyBytes(
  descr: string | null,
  shape: readonly number[],
  data: readonly number[] | Uint8Array,
  header = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join('')}), }\n`,
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8);
  return concat([magic, text, Uint8Array.from(data)]);
}
