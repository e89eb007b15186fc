import { expect, test } from 'vitest';
import { relativeError } from './golden';

test('relativeError takes the worst entry, relative to what was expected', () => {
  expect(relativeError([1.5, 2], [1, 2])).toBe(0.5);
});

test('an entry that cancelled is held against the largest one, a tiny array against 1e-3', () => {
  expect(relativeError([1e-9, 1], [0, 1])).toBeCloseTo(1e-7, 12);
  expect(relativeError([2e-9], [1e-9])).toBeCloseTo(1e-6, 12);
});

test('NaN, infinity and other lengths cannot pass', () => {
  expect(relativeError([NaN], [1])).toBe(Infinity);
  expect(relativeError([1], [NaN])).toBe(Infinity);
  expect(relativeError([Infinity], [1])).toBe(Infinity);
  expect(relativeError([1, 2], [1])).toBe(Infinity);
});
