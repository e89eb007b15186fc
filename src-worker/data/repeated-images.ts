import { findFirsts, finishHash, mix, type Firsts } from './duplicates';
import type { LabelledImages, PixelArray } from './loaded';

/** Images never change, so each set of them is looked at once. */
const found = new WeakMap<LabelledImages, Firsts>();

/** For each image the first with the same pixels. */
export function repeatedImages(images: LabelledImages): Firsts {
  const known = found.get(images);
  if (known !== undefined) return known;
  const { count, channels, height, width, pixels } = images;
  const size = channels * height * width;
  const hashes = Uint32Array.from({ length: count }, (_, image) => hashOf(pixels, image * size, size));
  const firsts = findFirsts(count, hashes, (a, b) => sameValues(pixels, a * size, b * size, size));
  found.set(images, firsts);
  return firsts;
}

function hashOf(pixels: PixelArray, first: number, size: number): number {
  const bytes = new Uint8Array(
    pixels.buffer,
    pixels.byteOffset + first * pixels.BYTES_PER_ELEMENT,
    size * pixels.BYTES_PER_ELEMENT,
  );
  let hash = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    hash = mix(hash, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
  }
  for (; at < bytes.length; at++) hash = mix(hash, bytes[at]!);
  return finishHash(hash);
}

function sameValues(pixels: PixelArray, a: number, b: number, size: number): boolean {
  for (let k = 0; k < size; k++) if (pixels[a + k] !== pixels[b + k]) return false;
  return true;
}
