import { normalDensity, normalProbability } from '../activations/normal-distribution';
import type { PixelNumbers, Variation } from '../engine';
import type { AugmentationSpec } from '../experiment/document';
import { maskBits, maskSeed, type MaskSeed } from '../layers/dropout-mask';
import { createRandom } from '../random';
import type { Shape } from '../tensor';

/**
 * Varies images as an augmentation says: flipped, turned about their centre, shifted by whole pixels, then noise. Between pixels it
 * is bilinear, and outside of the image its edge goes on. What is drawn is a function of seed, epoch and example and of nothing
 * else, by the same counted bits as dropout's; bytes are rounded and kept within 0 … 255, so that every backend sees the same.
 *
 * Returns null where all of it is off.
 *
 * @param shape  `[channels, height, width]`
 * @param ranges of each channel, what lies between black and white, in the unit of the numbers: 255 for bytes
 */
export function createVariation(spec: AugmentationSpec, shape: Shape, ranges: readonly number[]): Variation | null {
  if (!isVaried(spec)) return null;
  const { shift, flip, rotate, noise, seed } = spec;
  const [channels, height, width] = shape as readonly [number, number, number];
  const plane = height * width;
  let key = 0;
  let keyOf: number | null = null;

  const drawMove = (bits: MaskSeed): Move => {
    const uniform = (place: number): number => maskBits(bits, place) / 2 ** 32;
    const angle = ((2 * uniform(ANGLE) - 1) * rotate * Math.PI) / 180;
    return {
      right: Math.floor(uniform(SHIFT_X) * (2 * shift + 1)) - shift,
      down: Math.floor(uniform(SHIFT_Y) * (2 * shift + 1)) - shift,
      mirrored: (flip === 'horizontal' || flip === 'both') && uniform(MIRROR) < 0.5,
      upended: (flip === 'vertical' || flip === 'both') && uniform(UPEND) < 0.5,
      cosine: Math.cos(angle),
      sine: Math.sin(angle),
    };
  };

  return {
    vary(epoch, index, from, fromAt, to, toAt) {
      if (epoch !== keyOf) {
        key = createRandom(seed, 'augmentation', epoch).integer(2 ** 32);
        keyOf = epoch;
      }
      const bits = maskSeed(key, index);
      const move = drawMove(bits);
      if (move.sine === 0) copyMoved(from, fromAt, to, toAt, channels, height, width, move);
      else resample(from, fromAt, to, toAt, channels, height, width, move);
      for (let c = 0; c < channels && noise > 0; c++) {
        addNoise(to, toAt + c * plane, plane, noise * ranges[c]!, bits, NOISE + c * plane);
      }
    },
  };
}

/** What lies between black and white in each channel of bytes. */
export function bytesRanges([channels]: Shape): readonly number[] {
  return new Array<number>(channels!).fill(255);
}

/** Whether an augmentation changes any image. */
export function isVaried(spec: AugmentationSpec | null): spec is AugmentationSpec {
  return spec !== null && (spec.shift > 0 || spec.flip !== 'none' || spec.rotate > 0 || spec.noise > 0);
}

/** Places of what is drawn for an example; the noise has one for each number from the last on. */
const [SHIFT_X, SHIFT_Y, MIRROR, UPEND, ANGLE, NOISE] = [0, 1, 2, 3, 4, 5];

/** Where an image goes: flipped first, turned then, shifted last. */
interface Move {
  readonly right: number;
  readonly down: number;
  readonly mirrored: boolean;
  readonly upended: boolean;
  readonly cosine: number;
  readonly sine: number;
}

/** Without a turn every pixel is one pixel of the original. */
function copyMoved(
  from: PixelNumbers,
  fromAt: number,
  to: PixelNumbers,
  toAt: number,
  channels: number,
  height: number,
  width: number,
  { right, down, mirrored, upended }: Move,
): void {
  for (let line = 0; line < channels * height; line++) {
    const y = within((line % height) - down, height);
    const top = line - (line % height);
    const row = fromAt + (top + (upended ? height - 1 - y : y)) * width;
    const target = toAt + line * width;
    for (let column = 0; column < width; column++) {
      const x = within(column - right, width);
      to[target + column] = from[row + (mirrored ? width - 1 - x : x)]!;
    }
  }
}

function within(place: number, size: number): number {
  return place < 0 ? 0 : place >= size ? size - 1 : place;
}

/**
 * For every pixel, where it comes from: turned back about the centre of the image, where the four around it are weighed.
 *
 *   (x, y) = R(−θ) (column − c_x − right, row − c_y − down) + (c_x, c_y)
 */
function resample(
  from: PixelNumbers,
  fromAt: number,
  to: PixelNumbers,
  toAt: number,
  channels: number,
  height: number,
  width: number,
  { right, down, mirrored, upended, cosine, sine }: Move,
): void {
  const plane = height * width;
  const half = to instanceof Uint8Array ? 0.5 : 0;
  const [lastX, lastY] = [width - 1, height - 1];
  const [centreX, centreY] = [lastX / 2, lastY / 2];
  for (let row = 0; row < height; row++) {
    const v = row - centreY - down;
    for (let column = 0; column < width; column++) {
      const u = column - centreX - right;
      let x = cosine * u + sine * v + centreX;
      let y = cosine * v - sine * u + centreY;
      x = x < 0 ? 0 : x > lastX ? lastX : x;
      y = y < 0 ? 0 : y > lastY ? lastY : y;
      if (mirrored) x = lastX - x;
      if (upended) y = lastY - y;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [toRight, toBottom] = [x - left, y - top];
      const aside = left < lastX ? 1 : 0;
      const below = top < lastY ? width : 0;
      for (let at = fromAt + top * width + left, c = 0; c < channels; c++, at += plane) {
        const upper = from[at]! + toRight * (from[at + aside]! - from[at]!);
        const lower = from[at + below]! + toRight * (from[at + below + aside]! - from[at + below]!);
        // A byte is cut, not rounded, when it is stored.
        to[toAt + c * plane + row * width + column] = upper + toBottom * (lower - upper) + half;
      }
    }
  }
}

function addNoise(to: PixelNumbers, at: number, count: number, deviation: number, bits: MaskSeed, place: number): void {
  const bytes = to instanceof Uint8Array;
  quantiles ??= normalQuantiles();
  for (let i = 0; i < count; i++) {
    const value = to[at + i]! + deviation * quantiles[maskBits(bits, place + i) >>> QUANTILE_SHIFT]!;
    to[at + i] = bytes ? (value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5) : value;
  }
}

const QUANTILES = 4096;
/** The upper bits of 32 choose one of them. */
const QUANTILE_SHIFT = 20;
let quantiles: Float32Array | null = null;

/**
 * N(0, 1) as so many equally likely numbers, Φ⁻¹((i + ½) / n) in rising order: a draw is a look into the table. Each is found by
 * Newton's method from the one before, which cannot overshoot, as Φ is concave above 0.
 */
function normalQuantiles(): Float32Array {
  const table = new Float32Array(QUANTILES);
  let z = 0;
  for (let i = QUANTILES / 2; i < QUANTILES; i++) {
    const p = (i + 0.5) / QUANTILES;
    for (let round = 0; round < 8; round++) z += (p - normalProbability(z)) / normalDensity(z);
    table[i] = z;
    table[QUANTILES - 1 - i] = -z;
  }
  return table;
}
