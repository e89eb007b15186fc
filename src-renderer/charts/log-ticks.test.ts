import { describe, expect, it } from 'vitest';
import { formatLogTick, logTicks } from './log-ticks';

describe('logTicks', () => {
  it('are powers of ten, with 2 and 5 where few decades are shown', () => {
    expect(logTicks({ min: 0.05, max: 1 })).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
    expect(logTicks({ min: 1e-6, max: 10 })).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10]);
  });
  it('are the powers alone where there is room for few', () => {
    expect(logTicks({ min: 0.05, max: 1 }, true)).toEqual([0.1, 1]);
  });
  it('are round values in a narrow range, and none below 0', () => {
    expect(logTicks({ min: 0.21, max: 0.27 })).toEqual([0.22, 0.24, 0.26]);
    expect(logTicks({ min: 0, max: 1 })).toEqual([]);
  });
});

it('writes very small and very large ticks as powers', () => {
  expect([1e-5, 0.0001, 0.5, 20, 1e6].map(formatLogTick)).toEqual(['1e-5', '0.0001', '0.5', '20', '1e6']);
});
