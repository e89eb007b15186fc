import { ImageError } from './raster';

/**
 * Unpacks the run lengths of a bitmap to indices into its palette, `[height, width]` with the lowest row first; what they skip is
 * index 0. Source: Microsoft, “Bitmap Compression”, Windows App Development.
 *
 * @param nibbles whether an index takes four bits and not eight
 * @throws ImageError where they end before their end mark
 */
export function bmpRunLengths(bytes: Uint8Array, width: number, height: number, nibbles: boolean): Uint8Array {
  const indices = new Uint8Array(width * height);
  let at = 0;
  let x = 0;
  let y = 0;
  const put = (index: number): void => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  while (y < height) {
    if (at + 2 > bytes.length) throw new ImageError('it was cut off in its pixels');
    const count = bytes[at]!;
    const value = bytes[at + 1]!;
    at += 2;
    if (count > 0) {
      for (let k = 0; k < count; k++) put(nibbles ? (k % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      if (at + 2 > bytes.length) throw new ImageError('it was cut off in its pixels');
      x += bytes[at]!;
      y += bytes[at + 1]!;
      at += 2;
    } else {
      const length = nibbles ? Math.ceil(value / 2) : value;
      if (at + length > bytes.length) throw new ImageError('it was cut off in its pixels');
      for (let k = 0; k < value; k++) {
        const byte = bytes[at + (nibbles ? k >> 1 : k)]!;
        put(nibbles ? (k % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      at += length + (length % 2);
    }
  }
  return indices;
}
