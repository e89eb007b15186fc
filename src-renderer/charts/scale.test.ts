import { describe, expect, it } from 'vitest';
import { formatTick, padRange, project, rangeOf, tickStep, ticks } from './scale';

describe('ranges', () => {
  it('hold what is finite', () => {
    expect(rangeOf([3, Number.NaN, -1, Infinity])).toEqual({ min: -1, max: 3 });
    expect(rangeOf([Number.NaN])).toBeNull();
  });

  it('are padded, a single value too', () => {
    expect(padRange({ min: 0, max: 10 }, 0.1)).toEqual({ min: -1, max: 11 });
    expect(padRange({ min: 2, max: 2 }, 0.1)).toEqual({ min: 1.5, max: 2.5 });
  });

  it('carry over to a screen that runs backwards', () => {
    expect(project(2.5, { min: 0, max: 10 }, { start: 100, end: 0 })).toBe(75);
  });
});

describe('ticks', () => {
  it('are round and inside the range', () => {
    expect(ticks({ min: -4.2, max: 4.3 }, 5)).toEqual([-4, -2, 0, 2, 4]);
    expect(ticks({ min: 0.13, max: 0.72 }, 6)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(ticks({ min: 0, max: 1 }, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('do not drift', () => expect(ticks({ min: -0.3, max: 0.3 }, 6)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]));

  it('are none for no width', () => {
    expect(ticks({ min: 1, max: 1 }, 5)).toEqual([]);
    expect(tickStep(Number.NaN, 5)).toBe(0);
  });

  it('show as many decimals as tell them apart', () => {
    expect(formatTick(0.2, 0.05)).toBe('0.20');
    expect(formatTick(-4, 2)).toBe('−4');
    expect(formatTick(3000, 1000)).toBe('3,000');
  });

  it('are powers where zeros would have to be counted, all of one axis, and still told apart', () => {
    expect([0, 5e5, 1e6, -1.5e6].map((value) => formatTick(value, 5e5))).toEqual(['0', '5e5', '1.0e6', '−1.5e6']);
    expect([3e12, 3.05e12].map((value) => formatTick(value, 5e10))).toEqual(['3.00e12', '3.05e12']);
    expect([1e-6, 1.5e-6].map((value) => formatTick(value, 5e-7))).toEqual(['1.0e-6', '1.5e-6']);
    expect(formatTick(1_000_300, 100)).toBe('1.0003e6');
  });

  it('of a range of no width are written too', () => {
    expect([0, 3, -2e7].map((value) => formatTick(value, 0))).toEqual(['0', '3.00', '−2.00e7']);
  });
});
