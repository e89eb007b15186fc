import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { maskBits, maskSeed, maskThreshold } from './dropout-mask';

const COUNT = 100_000;
const keys = Array.from({ length: 4 }, (_, n) => createRandom(1, 'layer', String(n + 1)).integer(2 ** 32));

function mask(key: number, step: number, rate = 0.5): Uint8Array {
  const [seed, threshold] = [maskSeed(key, step), maskThreshold(rate)];
  return Uint8Array.from({ length: COUNT }, (_, i) => Number(maskBits(seed, i) >= threshold));
}

/** (share in which two fair masks agree − ½) in standard deviations. */
function agreement(one: Uint8Array, other: Uint8Array): number {
  const same = one.reduce((sum, kept, i) => sum + Number(kept === other[i]), 0);
  return (same - COUNT / 2) / Math.sqrt(COUNT / 4);
}

/** Beyond this many standard deviations in one of a few dozen looks, chance is no explanation (p < 1e-4 for all together). */
const FAR = 4.5;

describe('the mask', () => {
  // Worked out by hand from the formula, in Python's whole numbers.
  it.each([
    [0, 0, 0, 0],
    [611742426, 0, 5, 4017676798],
    [4294967295, 4294967295, 4294967295, 1438693767],
  ])('of key %d at step %d has the bits of the formula at %d', (key, step, index, bits) => {
    expect(maskBits(maskSeed(key, step), index)).toBe(bits);
  });

  it.each([0.1, 0.25, 0.5, 0.9])(
    'drops a share of %d, within 4.5 standard deviations, for every key and step',
    (rate) => {
      for (const key of keys) {
        for (const step of [0, 1, 2, 1000, 1_000_000]) {
          const dropped = COUNT - mask(key, step, rate).reduce((sum, kept) => sum + kept, 0);
          expect(Math.abs(dropped - rate * COUNT) / Math.sqrt(rate * (1 - rate) * COUNT)).toBeLessThan(FAR);
        }
      }
    },
  );

  it('has nothing to do with that of the next step, of another layer or of its neighbours', () => {
    for (const key of keys) {
      for (const step of [0, 1, 7, 100]) {
        const here = mask(key, step);
        expect(Math.abs(agreement(here, mask(key, step + 1)))).toBeLessThan(FAR);
        expect(Math.abs(agreement(here, mask((key + 1) % 2 ** 32, step)))).toBeLessThan(FAR);
        for (const shift of [1, 2, 16, 128, 784]) {
          const shifted = Uint8Array.from(here, (_, i) => here[(i + shift) % COUNT]!);
          expect(Math.abs(agreement(here, shifted)), `${shift} places on`).toBeLessThan(FAR);
        }
      }
    }
  });

  it('spreads its bits evenly over 256 bins, high and low: chi-square below its 99.99th percentile', () => {
    for (const key of keys) {
      for (const shift of [0, 8, 16, 24]) {
        const bins = new Float64Array(256);
        const seed = maskSeed(key, 3);
        for (let i = 0; i < COUNT; i++) bins[(maskBits(seed, i) >>> shift) & 255]! += 1;
        const expected = COUNT / 256;
        const chiSquare = bins.reduce((sum, bin) => sum + (bin - expected) ** 2 / expected, 0);
        // 255 degrees of freedom.
        expect(chiSquare).toBeLessThan(347.7);
        expect(chiSquare).toBeGreaterThan(178);
      }
    }
  });

  it('keeps one and the same place in a share of the steps, too', () => {
    for (const place of [0, 1, 777]) {
      let kept = 0;
      for (let step = 0; step < 20_000; step++) kept += Number(maskBits(maskSeed(keys[0]!, step), place) >= 2 ** 31);
      expect(Math.abs(kept - 10_000) / Math.sqrt(5000)).toBeLessThan(FAR);
    }
  });

  it('keeps everything at rate 0 and something at any rate', () => {
    expect(maskThreshold(0)).toBe(0);
    expect(maskThreshold(1 - 2 ** -52)).toBe(2 ** 32 - 1);
  });
});
