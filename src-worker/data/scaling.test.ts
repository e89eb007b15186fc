import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitScaling, measure } from './scaling';

const of = (values: readonly number[]) => measure(values.length, (index) => values[index]!);

test('statistics by hand; the deviation is divided by the count', () => {
  expect(of([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ count: 8, min: 2, max: 9, mean: 5, deviation: 2 });
});

test('holes do not count', () => {
  expect(of([NaN, 1, NaN, 3])).toEqual({ count: 2, min: 1, max: 3, mean: 2, deviation: 1 });
  expect(of([NaN])).toEqual({ count: 0, min: 0, max: 0, mean: 0, deviation: 0 });
});

test('what is fitted brings its own values to mean 0 and deviation 1, or between 0 and 1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 }),
      (values) => {
        const statistics = of(values);
        fc.pre(statistics.deviation > 1e-3);
        const scaled = (kind: 'standard' | 'min-max'): number[] => {
          const { offset, scale } = fitScaling(kind, statistics);
          return values.map((value) => (value - offset) * scale);
        };
        expect(of(scaled('standard')).mean).toBeCloseTo(0, 6);
        expect(of(scaled('standard')).deviation).toBeCloseTo(1, 9);
        expect(of(scaled('min-max')).min).toBe(0);
        expect(of(scaled('min-max')).max).toBeCloseTo(1, 12);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('equal values become zero, whatever their rounding', () => {
  for (const kind of ['standard', 'min-max'] as const) {
    const { offset, scale } = fitScaling(kind, of(new Array<number>(10).fill(0.1)));
    expect((0.1 - offset) * scale).toBe(0);
    expect(scale).toBe(1);
  }
});

test('no scaling changes nothing', () => {
  expect(fitScaling('none', of([1, 2, 3]))).toEqual({ offset: 0, scale: 1 });
});
