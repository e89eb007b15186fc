import { ImageError } from './raster';

const MAX_CODES = 4_096;

/**
 * Unpacks the codes of a GIF image to `count` indices into its palette. Source: T. A. Welch, “A Technique for High-Performance Data
 * Compression”, Computer 17(6), 1984, with the codes of variable length of GIF 89a, Appendix F.
 *
 * @param minimumBits as the image announces; the codes begin one bit longer
 * @throws ImageError where the codes make no sense or end too early
 */
export function gifIndices(blocks: Iterable<Uint8Array>, minimumBits: number, count: number): Uint8Array {
  if (!(minimumBits >= 1 && minimumBits <= 8)) throw new ImageError('its pixels have an impossible code length');
  const clear = 1 << minimumBits;
  const end = clear + 1;
  /** Of each code: the code before its last index, that index, and how many there are. */
  const prefix = new Uint16Array(MAX_CODES);
  const last = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES);
  for (let index = 0; index < clear; index++) {
    last[index] = index;
    length[index] = 1;
  }
  const indices = new Uint8Array(count);
  let written = 0;
  let next = end + 1;
  let bits = minimumBits + 1;
  let previous = -1;
  let buffer = 0;
  let buffered = 0;

  const firstOf = (code: number): number => {
    let at = code;
    while (length[at]! > 1) at = prefix[at]!;
    return last[at]!;
  };
  /** Writes the indices of a code from the last to the first; what exceeds the image is left out. */
  const write = (code: number): void => {
    let at = code;
    for (let place = written + length[code]! - 1; place >= written; place--) {
      if (place < count) indices[place] = last[at]!;
      at = prefix[at]!;
    }
    written += length[code]!;
  };

  for (const block of blocks) {
    for (const byte of block) {
      buffer |= byte << buffered;
      buffered += 8;
      while (buffered >= bits) {
        const code = buffer & ((1 << bits) - 1);
        buffer >>>= bits;
        buffered -= bits;
        if (code === clear) {
          next = end + 1;
          bits = minimumBits + 1;
          previous = -1;
          continue;
        }
        if (code === end || written >= count) return complete(indices, written, count);
        if (code > next || (code === next && previous === -1)) throw new ImageError('its pixels are damaged');
        if (previous !== -1 && next < MAX_CODES) {
          prefix[next] = previous;
          last[next] = firstOf(code === next ? previous : code);
          length[next] = length[previous]! + 1;
          next++;
          if (next === 1 << bits && bits < 12) bits++;
        }
        if (code >= next) throw new ImageError('its pixels are damaged');
        write(code);
        previous = code;
      }
    }
  }
  return complete(indices, written, count);
}

function complete(indices: Uint8Array, written: number, count: number): Uint8Array {
  if (written < count) throw new ImageError('it holds fewer pixels than its header announces');
  return indices;
}
