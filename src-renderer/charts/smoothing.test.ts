import { describe, expect, it } from 'vitest';
import { ExponentialSmoother } from './smoothing';

const smooth = (beta: number, values: readonly number[]): number[] => {
  const smoother = new ExponentialSmoother(beta);
  return values.map((value) => smoother.next(value));
};

describe('ExponentialSmoother', () => {
  it('changes nothing for β = 0', () => expect(smooth(0, [1, 5, 2])).toEqual([1, 5, 2]));

  it('starts at the first value and keeps a constant constant', () => {
    for (const value of smooth(0.9, [3, 3, 3, 3])) expect(value).toBeCloseTo(3, 12);
  });

  it('is the weighted mean of what came before', () => {
    // by hand, β = 0.5: (0.25·1 + 0.5·2) / 0.75 and (0.125·1 + 0.25·2 + 0.5·4) / 0.875
    const [first, second, third] = smooth(0.5, [1, 2, 4]);
    expect(first).toBe(1);
    expect(second).toBeCloseTo(1.25 / 0.75, 12);
    expect(third).toBeCloseTo(2.625 / 0.875, 12);
  });

  it('lets what is no number pass and goes on as before', () => {
    const [, gap, after] = smooth(0.5, [1, Number.NaN, 2]);
    expect(gap).toBeNaN();
    expect(after).toBeCloseTo(1.25 / 0.75, 12);
  });

  it('refuses a weight that would never forget', () => {
    expect(() => new ExponentialSmoother(1)).toThrow(RangeError);
  });
});
