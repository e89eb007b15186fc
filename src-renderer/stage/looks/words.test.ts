import { expect, test } from 'vitest';
import { exactly, listPlaces, shapeWords, symbolOf } from './words';

test('arrays as the notes call them', () => {
  expect(['W1', 'b12', 'gamma3', 'variance3'].map(symbolOf)).toEqual([
    'W[1]',
    'b[12]',
    'γ[3]',
    'running variance σ²[3]',
  ]);
  expect(shapeWords([1024, 3, 5, 5])).toBe('1,024 × 3 × 5 × 5');
});

test('the shortest decimal of a float32', () => {
  expect(exactly(Math.fround(0.1))).toBe('0.1');
  expect(exactly(Math.fround(-1 / 3))).toBe('−0.33333334');
  expect(exactly(0)).toBe('0');
  expect(exactly(Math.fround(16_777_217))).toBe('16777216');
  expect(exactly(Math.fround(-1e12))).toBe('−1e12');
  for (const value of [Math.PI, 1e-30, 123456.789, -7.000001]) {
    const single = Math.fround(value);
    expect(Math.fround(Number(exactly(single).replace('−', '-')))).toBe(single);
  }
  expect([NaN, Infinity, -Infinity].map(exactly)).toEqual(['not a number', '∞', '−∞']);
});

test('places in runs, and the first of many', () => {
  expect(listPlaces([0, 1, 4, 5, 6, 9])).toBe('1–2, 5–7, 10');
  expect(listPlaces([])).toBe('');
  expect(listPlaces([0, 2, 4, 6], 2)).toBe('1, 3, …');
});
