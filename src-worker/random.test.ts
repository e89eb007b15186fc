import { describe, expect, test } from 'vitest';
import { createRandom } from './random';

describe('createRandom', () => {
  test('the same seed and stream give the same numbers', () => {
    const draw = (): number[] => {
      const random = createRandom(7, 'order', 3);
      return [random.uniform(), random.normal(), random.normal(), random.integer(1000)];
    };
    expect(draw()).toEqual(draw());
  });

  test('draws stay what they were, bit for bit as an independent program in Python computes them', () => {
    const random = createRandom(1, 'golden');
    expect([random.integer(2 ** 32), random.integer(2 ** 32), random.integer(2 ** 32)]).toEqual([
      2258362512, 2596478419, 2497664216,
    ]);
  });

  test.each([
    [createRandom(1), createRandom(2)],
    [createRandom(1, 'a'), createRandom(1, 'b')],
    [createRandom(1, 1), createRandom(1, '1')],
    [createRandom(1, 'ab', 'c'), createRandom(1, 'a', 'bc')],
    [createRandom(0.5), createRandom(0)],
    [createRandom(1, 'order', 1), createRandom(1, 'order', 2)],
  ])('another seed or stream gives other numbers (%#)', (a, b) => {
    expect(Array.from({ length: 4 }, () => a.uniform())).not.toEqual(Array.from({ length: 4 }, () => b.uniform()));
  });

  test('uniform has mean 1/2, variance 1/12, no correlation with its neighbour, and stays in [0, 1)', () => {
    const values = draws(50_000, createRandom(3).uniform);
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    // Bounds of five standard errors: they fail by chance once in a million seeds, and the seed is fixed.
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(variance(values) - 1 / 12)).toBeLessThan(0.002);
    const lagged = mean(values.slice(1).map((u, i) => (u - 1 / 2) * (values[i]! - 1 / 2)));
    expect(Math.abs(lagged * 12)).toBeLessThan(5 / Math.sqrt(values.length));
  });

  test('normal has mean 0, deviation 1, no skew, kurtosis 3 and 4.55 % beyond two deviations', () => {
    const values = draws(50_000, createRandom(4).normal);
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(values.length));
    expect(Math.abs(variance(values) - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    expect(Math.abs(mean(values.map((x) => x ** 3)))).toBeLessThan(5 * Math.sqrt(15 / values.length));
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / values.length));
    const tails = values.filter((x) => Math.abs(x) > 2).length / values.length;
    expect(Math.abs(tails - 0.0455)).toBeLessThan(0.005);
  });

  test('integer is even over a range that does not divide 2³²', () => {
    const random = createRandom(5);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.99th percentile of χ² with 6 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });

  test('permutation holds each index once; all orders of three are equally likely', () => {
    expect(Array.from(createRandom(6).permutation(1000)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    expect(createRandom(6).permutation(0)).toHaveLength(0);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = createRandom(seed, 'three').permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99.99th percentile of χ² with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(25.7);
  });
});

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, () => draw());
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
function variance(values: readonly number[]): number {
  const center = mean(values);
  return mean(values.map((x) => (x - center) ** 2));
}
