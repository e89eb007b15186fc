import { expect, test } from 'vitest';
import { BINS, MOST_COUNTED, spreadOf } from './spread';

test('moments and bins, by hand', () => {
  const spread = spreadOf(Float32Array.of(-1, 0, 0, 1, 2));
  expect(spread).toMatchObject({ count: 5, notFinite: 0, zeros: 2, min: -1, max: 2 });
  expect(spread.mean).toBeCloseTo(0.4, 12);
  // Distances −1.4, −0.4, −0.4, 0.6, 1.6: squares 1.96 + 0.16 + 0.16 + 0.36 + 2.56 = 5.2.
  expect(spread.deviation).toBeCloseTo(Math.sqrt(5.2 / 5), 12);
  expect(spread.norm).toBeCloseTo(Math.sqrt(6), 12);
  // Bins are 3 / 48 wide: −1 in the first, 0 in bin 16, 1 in bin 32, and the largest in the last.
  expect([...spread.counts.entries()].filter(([, count]) => count > 0)).toEqual([
    [0, 1],
    [16, 2],
    [32, 1],
    [BINS - 1, 1],
  ]);
});

test('numbers that are not finite are counted apart', () => {
  const spread = spreadOf(Float64Array.of(NaN, Infinity, 3, -Infinity));
  expect(spread).toMatchObject({ count: 1, notFinite: 3, min: 3, max: 3, mean: 3, deviation: 0, norm: 3 });
  expect(spread.counts[0]).toBe(1);
});

test('nothing, equal numbers, and a width that no bin can divide', () => {
  expect(spreadOf(new Float32Array(0))).toMatchObject({ count: 0, min: 0, max: 0, mean: 0, norm: 0 });
  expect(spreadOf(Float32Array.of(5, 5, 5)).counts[0]).toBe(3);
  const tiny = spreadOf(Float64Array.of(0, Number.MIN_VALUE));
  expect(tiny.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  const huge = spreadOf(Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE));
  expect(huge.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
});

test('of a large array some numbers are drawn evenly, but its norm is of all', () => {
  const values = new Float32Array(3 * MOST_COUNTED + 5);
  for (let i = 0; i < values.length; i++) values[i] = Math.sin(i);
  values[1] = 1e6;
  const spread = spreadOf(values);
  expect(spread.of).toBe(values.length);
  expect(spread.count).toBeLessThanOrEqual(MOST_COUNTED);
  expect(spread.mean).toBeCloseTo(0, 1);
  expect(spread.deviation).toBeCloseTo(Math.SQRT1_2, 1);
  expect(spread.norm).toBeGreaterThan(1e6);
});
