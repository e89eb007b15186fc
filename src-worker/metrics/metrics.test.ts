import { describe, expect, test } from 'vitest';
import { predictedClass } from './accuracy';
import { metrics } from './index';

describe('accuracy', () => {
  const measure = (yHat: number[], y: number[], columns: number): number =>
    metrics.accuracy.measure(Float64Array.from(yHat), Float64Array.from(y), y.length / columns, columns, 1);

  test('one output means class 1 from 0.5 on', () => {
    expect(measure([0.5, 0.49, 0.9, 0.1], [1, 0, 0, 1], 1)).toBe(0.5);
  });

  test('several outputs mean the largest, the first of equal ones', () => {
    expect(measure([0.2, 0.5, 0.3, 0.4, 0.4, 0.2], [0, 1, 0, 1, 0, 0], 3)).toBe(1);
    expect(measure([0.4, 0.4, 0.2], [0, 1, 0], 3)).toBe(0);
  });

  test('an output that is not a number is never right', () => {
    expect(measure([NaN, NaN], [0, 1], 1)).toBe(0);
    expect(measure([NaN, 1, NaN, 1], [1, 0, 0, 1], 2)).toBe(0);
    expect(predictedClass(Float64Array.of(NaN), 0, 1)).toBe(-1);
  });
});

describe('rmse', () => {
  test('is the root of the mean square, in the target’s own units', () => {
    expect(metrics.rmse.measure(Float64Array.of(1, 2), Float64Array.of(4, -2), 2, 1, 10)).toBeCloseTo(
      Math.sqrt(12.5) * 10,
      12,
    );
  });

  test('of nothing is not a number', () => {
    expect(metrics.rmse.measure(new Float64Array(0), new Float64Array(0), 0, 1, 1)).toBeNaN();
  });
});
