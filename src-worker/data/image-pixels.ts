import type { Scaling } from '../api';
import type { ByteImages, Precision } from '../engine';
import { createFloats, type FloatArray } from '../tensor';
import type { LabelledImages, PixelArray } from './loaded';
import { fitScaling, measure, type LinearScaling, type Statistics } from './scaling';
import { bytesRanges } from './variation';

/**
 * One scaling per channel, fitted on the images `rows`: red, green and blue differ in brightness as columns of a table differ in
 * unit.
 */
export function fitChannels(
  { channels, height, width, pixels }: LabelledImages,
  rows: Uint32Array,
  scaling: Scaling,
): readonly LinearScaling[] {
  const plane = height * width;
  return Array.from({ length: channels }, (_, channel) => {
    if (scaling === 'none') return { offset: 0, scale: 1 };
    const place = { rows, first: channel * plane, plane, size: channels * plane };
    return fitScaling(
      scaling,
      pixels instanceof Uint8Array ? measureBytes(pixels, place) : measurePlanes(pixels, place),
    );
  });
}

/**
 * What lies between black and white in each channel of the numbers that {@link pixelsOf} makes of the images `rows`: bytes stay as
 * they are, of others it is what they span, scaled.
 */
export function rangesOf(
  { channels, height, width, pixels }: LabelledImages,
  rows: Uint32Array,
  scalings: readonly LinearScaling[],
): readonly number[] {
  if (pixels instanceof Uint8Array) return bytesRanges([channels]);
  const plane = height * width;
  return scalings.map(({ scale }, channel) => {
    const { min, max } = measurePlanes(pixels, { rows, first: channel * plane, plane, size: channels * plane });
    return (max - min) * scale;
  });
}

/** Where the values of one channel lie: in each of `rows`, images of `size` values, `plane` of them from `first` on. */
interface ChannelPlace {
  readonly rows: Uint32Array;
  readonly first: number;
  readonly plane: number;
  readonly size: number;
}

function measurePlanes(pixels: PixelArray, { rows, first, plane, size }: ChannelPlace): Statistics {
  return measure(
    rows.length * plane,
    (index) => pixels[rows[Math.floor(index / plane)]! * size + first + (index % plane)]!,
  );
}

/** Statistics out of a histogram: bytes have only 256 values, so every sum is over those and exact to the last digit. */
function measureBytes(pixels: Uint8Array, { rows, first, plane, size }: ChannelPlace): Statistics {
  const histogram = new Float64Array(256);
  for (const row of rows) {
    const start = row * size + first;
    for (let at = start; at < start + plane; at++) histogram[pixels[at]!]!++;
  }
  const count = rows.length * plane;
  const used = [...histogram.keys()].filter((byte) => histogram[byte]! > 0);
  const mean = used.reduce((sum, byte) => sum + byte * histogram[byte]!, 0) / count;
  const squares = used.reduce((sum, byte) => sum + (byte - mean) ** 2 * histogram[byte]!, 0);
  return { count, min: used[0]!, max: used.at(-1)!, mean, deviation: Math.sqrt(squares / count) };
}

/**
 * The images `rows`, which rise, as a network takes them: bytes stay bytes and are scaled batch by batch, other values are scaled
 * here. `[rows, channels, height, width]`; fresh, except where they are all the bytes of `pixels`.
 */
export function pixelsOf(
  { pixels, count, channels, height, width }: LabelledImages,
  rows: Uint32Array,
  scalings: readonly LinearScaling[],
  precision: Precision,
): FloatArray | ByteImages {
  const plane = height * width;
  const size = channels * plane;
  if (pixels instanceof Uint8Array) {
    // Rows rise, so as many of them as there are images are all of them.
    const bytes = rows.length === count ? pixels : new Uint8Array(rows.length * size);
    if (bytes !== pixels) rows.forEach((row, n) => bytes.set(pixels.subarray(row * size, (row + 1) * size), n * size));
    const offset = createFloats(channels, precision);
    const scale = createFloats(channels, precision);
    scalings.forEach((scaling, channel) => {
      offset[channel] = scaling.offset;
      scale[channel] = scaling.scale;
    });
    return { bytes, offset, scale };
  }
  const x = createFloats(rows.length * size, precision);
  rows.forEach((row, n) => {
    for (let k = 0; k < size; k++) {
      const { offset, scale } = scalings[Math.floor(k / plane)]!;
      x[n * size + k] = (pixels[row * size + k]! - offset) * scale;
    }
  });
  return x;
}
