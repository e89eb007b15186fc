import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random';
import type { Raster } from './raster';
import { resize } from './resize';

const grey = (width: number, height: number, values: readonly number[]): Raster => ({
  width,
  height,
  channels: 1,
  pixels: Uint8Array.from(values),
});
const random = (width: number, height: number, channels: 1 | 3): Raster => {
  const draw = createRandom(1, 'resize');
  return {
    width,
    height,
    channels,
    pixels: Uint8Array.from({ length: width * height * channels }, () => draw.integer(256)),
  };
};

describe('by hand', () => {
  test('half the size is the mean of four', () => {
    const image = grey(4, 2, [0, 10, 100, 200, 20, 30, 101, 203]);
    expect([...resize(image, { width: 2, height: 1 }, 'stretch').pixels]).toEqual([15, 151]);
  });

  test('parts of pixels count by their part', () => {
    // 3 → 2: each takes one whole pixel and half of the middle one, (0 + 90/2) / 1.5 and (90/2 + 255) / 1.5.
    expect([...resize(grey(3, 1, [0, 90, 255]), { width: 2, height: 1 }, 'stretch').pixels]).toEqual([30, 200]);
  });

  test('twice the size is linear between the centres', () => {
    expect([...resize(grey(2, 1, [0, 100]), { width: 4, height: 1 }, 'stretch').pixels]).toEqual([0, 25, 75, 100]);
  });

  test('crop takes the middle, contain leaves black', () => {
    const wide = grey(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...resize(wide, { width: 2, height: 2 }, 'crop').pixels]).toEqual([2, 3, 6, 7]);
    expect([...resize(wide, { width: 4, height: 4 }, 'contain').pixels]).toEqual([
      ...[0, 0, 0, 0],
      ...[1, 2, 3, 4],
      ...[5, 6, 7, 8],
      ...[0, 0, 0, 0],
    ]);
    const high = grey(2, 4, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...resize(high, { width: 2, height: 2 }, 'crop').pixels]).toEqual([3, 4, 5, 6]);
  });
});

/** The same by its definition: integrals over the covered rectangle where both axes shrink. */
function areaMean(
  { width, channels, pixels, height }: Raster,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  c: number,
) {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const overlap =
        Math.max(0, Math.min(x1, x + 1) - Math.max(x0, x)) * Math.max(0, Math.min(y1, y + 1) - Math.max(y0, y));
      sum += overlap * pixels[(y * width + x) * channels + c]!;
    }
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

test.each([
  [17, 23, 5, 7, 3],
  [64, 48, 28, 28, 1],
  [31, 9, 10, 4, 3],
  [100, 100, 99, 1, 1],
] as const)('%i × %i to %i × %i is the mean of what is covered', (width, height, toWidth, toHeight, channels) => {
  const image = random(width, height, channels);
  const small = resize(image, { width: toWidth, height: toHeight }, 'stretch');
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      for (let c = 0; c < channels; c++) {
        const [sx, sy] = [width / toWidth, height / toHeight];
        const mean = areaMean(image, x * sx, (x + 1) * sx, y * sy, (y + 1) * sy, c);
        // Half a step of rounding, and the last bits of two ways to sum.
        expect(Math.abs(small.pixels[(y * toWidth + x) * channels + c]! - mean)).toBeLessThan(0.5 + 1e-9);
      }
    }
  }
});

test.each(['stretch', 'crop', 'contain'] as const)('an even image stays even under %s, at any size', (fit) => {
  for (const [width, height] of [
    [1, 1],
    [3, 200],
    [37, 5],
    [64, 64],
  ] as const) {
    const image = { width, height, channels: 3 as const, pixels: new Uint8Array(width * height * 3).fill(137) };
    for (const [toWidth, toHeight] of [
      [1, 1],
      [28, 28],
      [65, 3],
      [2, 130],
    ] as const) {
      const { pixels } = resize(image, { width: toWidth, height: toHeight }, fit);
      expect(pixels).toHaveLength(toWidth * toHeight * 3);
      expect([...new Set(pixels)].filter((value) => value !== 137 && !(fit === 'contain' && value === 0))).toEqual([]);
    }
  }
});
