import { describe, expect, test } from 'vitest';
import { spreadOf } from '../../src-worker/insight/views/spread';
import { createRandom } from '../../src-worker/random';
import { commonRange, histogramImage, resample } from './histogram-image';

const normal = (count: number, deviation: number, seed = 1): Float64Array => {
  const random = createRandom(seed, 'histogram');
  return Float64Array.from({ length: count }, () => random.normal() * deviation);
};

describe('a histogram over other bins', () => {
  test.each([3, 16, 48, 61, 200])('keeps every number, with %i bins', (bins) => {
    const shares = resample(spreadOf(normal(1000, 2)), { min: -1, max: 5 }, bins);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  test('puts numbers where they are, and at the edge what lies beyond', () => {
    // 48 numbers, one in each bin from 0 to 48.
    const even = spreadOf(Float64Array.from({ length: 49 }, (_, k) => k));
    const shares = resample(even, { min: 0, max: 96 }, 4);
    expect(shares[0]).toBeCloseTo(24 / 49, 2);
    expect(shares[1]).toBeCloseTo(25 / 49, 2);
    expect([shares[2], shares[3]]).toEqual([0, 0]);
    const beyond = resample(even, { min: 100, max: 200 }, 4);
    expect([...beyond]).toEqual([1, 0, 0, 0].map((share) => expect.closeTo(share, 10) as number));
  });

  test('one value is one bin', () => {
    expect([...resample(spreadOf(Float32Array.of(2, 2)), { min: 0, max: 4 }, 4)]).toEqual([0, 0, 1, 0]);
  });
});

test('the common range leaves out a few numbers that lie far away, and always has a width', () => {
  const values = normal(10_000, 1);
  values[0] = 1000;
  const { max } = commonRange([spreadOf(values)]);
  expect(max).toBeLessThan(60);
  expect(commonRange([spreadOf(Float32Array.of(3))])).toEqual({ min: 1.5, max: 4.5 });
  expect(commonRange([])).toEqual({ min: -1, max: 1 });
  const zeros = commonRange([spreadOf(new Float32Array(4))]);
  expect(zeros.max).toBeGreaterThan(zeros.min);
});

test('a column lasts until the next begins; above 0 the one colour, below it the other', () => {
  const colors = { neutral: [255, 255, 255], positive: [0, 0, 200], negative: [200, 0, 0], ink: [0, 0, 0] } as const;
  const columns = [
    { x: 0, spread: spreadOf(Float32Array.of(-0.9)) },
    { x: 3, spread: spreadOf(Float32Array.of(0.9)) },
  ];
  const pixels = histogramImage(columns, { min: -1, max: 1 }, { min: 0, max: 4 }, 4, 2, colors);
  const at = (row: number, column: number): number[] => [
    ...pixels.subarray((row * 4 + column) * 4, (row * 4 + column) * 4 + 3),
  ];
  for (const column of [0, 1, 2]) {
    expect(at(1, column)).toEqual([200, 0, 0]);
    expect(at(0, column)).toEqual([255, 255, 255]);
  }
  expect(at(0, 3)).toEqual([0, 0, 200]);
  expect(at(1, 3)).toEqual([255, 255, 255]);
});
