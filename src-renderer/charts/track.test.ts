import { describe, expect, it } from 'vitest';
import { Track } from './track';

function track(values: readonly number[], beta = 0): Track {
  const made = new Track();
  made.smooth(beta);
  values.forEach((y, x) => made.push(10 * x, y));
  return made;
}

const ALL = { min: 0, max: 100 };

describe('Track', () => {
  it('shows what was measured, and smoothed the same where nothing is smoothed', () => {
    const line = track([4, 2, 1]);
    expect(line.points('measured', 'linear', ALL, 100)).toEqual(line.points('smoothed', 'linear', ALL, 100));
  });

  it('smooths alike whether before or after the values came', () => {
    const before = track([4, 2, 1, 8], 0.5);
    const after = track([4, 2, 1, 8]);
    after.smooth(0.5);
    expect(after.points('smoothed', 'linear', ALL, 100)).toEqual(before.points('smoothed', 'linear', ALL, 100));
    // Bias-corrected: (0.5 · 0.5 · 4 + 0.5 · 2) / (1 − 0.25).
    expect(after.smoothedAt(10)).toBeCloseTo(8 / 3, 12);
    expect(after.valueAt(10)).toBe(2);
  });

  it('leaves a gap on a logarithmic scale where a value is 0 or below, and counts those', () => {
    const line = track([1, 0, -2, 0.5, Number.NaN]);
    const values = line.points('smoothed', 'logarithmic', ALL, 100).map(({ y }) => y);
    expect(values).toEqual([1, Number.NaN, Number.NaN, 0.5, Number.NaN]);
    expect(line.notPositive).toBe(2);
    line.push(50, 0);
    line.push(60, 3);
    expect(line.points('smoothed', 'logarithmic', ALL, 100).map(({ y }) => y)).toEqual([...values, Number.NaN, 3]);
    expect(line.notPositive).toBe(3);
  });

  it('is read only where it is', () => {
    const line = track([4, 2, 1]);
    expect([-1, 4, 6, 20, 21].map((x) => line.valueAt(x))).toEqual([Number.NaN, 4, 2, 1, Number.NaN]);
    expect(new Track().valueAt(0)).toBeNaN();
  });

  it('steps from one point to the next', () => {
    const line = track([4, 2, 1]);
    expect([
      line.nearestX(0, 1),
      line.nearestX(11, 1),
      line.nearestX(20, 1),
      line.nearestX(20, -1),
      line.nearestX(0, -1),
    ]).toEqual([10, 20, null, 10, null]);
    expect(new Track().nearestX(0, 1)).toBeNull();
  });

  it('begins again once it is cleared', () => {
    const line = track([0, 2], 0.9);
    line.clear();
    line.push(5, 7);
    expect(line.notPositive).toBe(0);
    expect(line.points('smoothed', 'linear', ALL, 100)).toEqual([{ x: 5, y: 7 }]);
  });
});
