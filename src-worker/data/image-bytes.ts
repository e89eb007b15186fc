import type { LabelledImages } from './loaded';
import { measure } from './scaling';

/** An image as bytes, fresh; other element types are stretched from its least to its largest value. */
export function bytesOf({ pixels, channels, height, width }: LabelledImages, index: number): Uint8Array {
  const size = channels * height * width;
  const image = pixels.slice(index * size, (index + 1) * size);
  if (image instanceof Uint8Array) return image;
  const { min, max } = measure(size, (at) => image[at]!);
  const stretch = max > min ? 255 / (max - min) : 0;
  return Uint8Array.from(image, (value) => Math.round((value - min) * stretch));
}
