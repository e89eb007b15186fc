import { describe, expect, test } from 'vitest';
import { guessNumberSyntax, isHole, parseLoneNumber, parseNumber } from './cell';

test.each(['', 'NA', 'na', 'N/A', '#N/A', 'NaN', 'nan', 'null', 'NULL', '?', '-'])('%j is a hole', (text) => {
  expect(isHole(text)).toBe(true);
});

test.each(['0', 'none', 'no', '--', 'nano'])('%j is no hole', (text) => {
  expect(isHole(text)).toBe(false);
});

describe('parseNumber', () => {
  test.each([
    ['1', 1],
    ['-2.5', -2.5],
    ['+.5', 0.5],
    ['7.', 7],
    ['1e-3', 1e-3],
    ['1.234', 1.234],
  ])('point: %s', (text, value) => expect(parseNumber(text, 'point')).toBe(value));

  test.each([
    ['3,14', 3.14],
    ['-,5', -0.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['1.5', 1.5],
    ['2,5e3', 2500],
  ])('comma: %s', (text, value) => expect(parseNumber(text, 'comma')).toBe(value));

  test.each([
    ['1,234', 1234],
    ['1,234,567.5', 1234567.5],
    ['12.5', 12.5],
  ])('grouped: %s', (text, value) => expect(parseNumber(text, 'grouped')).toBe(value));

  test.each(['', 'abc', '1,2,3', '0x10', '1 2', 'Infinity', '1e999', '1e39', '--1', '.', 'e5', '1_000', '٣'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text, 'point')).toBeNaN();
      expect(parseNumber(text, 'comma')).toBeNaN();
    },
  );
});

test('the syntax is the one that reads most, the point where two read the same', () => {
  expect(guessNumberSyntax(['1', '2.5'], ';')).toBe('point');
  expect(guessNumberSyntax(['1', '2,5'], ';')).toBe('comma');
  expect(guessNumberSyntax(['1.234', '2.5'], ';')).toBe('point');
  expect(guessNumberSyntax(['1.234,5', '1.234'], ';')).toBe('comma');
  expect(guessNumberSyntax(['1,234', '5'], ',')).toBe('grouped');
  expect(guessNumberSyntax(['1,234', '5'], ';')).toBe('comma');
  expect(guessNumberSyntax(['1,234.50', '5'], ';')).toBe('grouped');
});

test('a lone number may have either decimal sign', () => {
  expect(parseLoneNumber('2.5')).toBe(2.5);
  expect(parseLoneNumber('2,5')).toBe(2.5);
});
