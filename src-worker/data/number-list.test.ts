import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countDifferent } from './count-different';
import { DecimalScanner } from './decimal';
import { MAX_CATEGORIES } from './limits';
import { DecimalList, FloatList, joinNumbers, type NumberList } from './number-list';
import { NumberListBuilder } from './number-list-builder';

const scanner = new DecimalScanner();

function listOf(cells: readonly string[]): NumberList {
  const builder = new NumberListBuilder();
  for (const cell of cells) {
    if (scanner.scan(cell, '.'.charCodeAt(0))) builder.pushDecimal(scanner.digits, scanner.places);
    else builder.pushNumber(cell === '' ? NaN : Number(cell));
  }
  return builder.finish();
}

function valuesOf(list: NumberList): number[] {
  return Array.from({ length: list.length }, (_, row) => list.at(row));
}

test('decimals of few digits take four bytes each, whatever places they come with', () => {
  const list = listOf(['1', '-2.5', '', '3.125', '0.1']);
  expect(list).toBeInstanceOf(DecimalList);
  expect(list.byteLength).toBe(20);
  expect(valuesOf(list)).toEqual([1, -2.5, NaN, 3.125, 0.1]);
});

test.each([
  ['too large', '2147483648'],
  ['too large with the places of the others', '21474836.48'],
  ['too fine', '0.0000000001'],
  ['with an exponent', '1.5e-7'],
  ['of 17 digits', '0.10000000000000003'],
])('a number %s makes all of them float64, and none changes', (_, cell) => {
  const before = ['0.125', '', '-7.001', '2147483'];
  const list = listOf([...before, cell, '5.5', '']);
  expect(list).toBeInstanceOf(FloatList);
  expect(valuesOf(list)).toEqual([0.125, NaN, -7.001, 2_147_483, Number(cell), 5.5, NaN]);
});

test('any cells in any order come back as the float64 nearest to them', () => {
  const cell = fc.oneof(
    fc.constant(''),
    fc.integer().map(String),
    fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(8))
      .map(([n, places]) => (n / 10 ** places).toFixed(places)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      expect(valuesOf(listOf(cells))).toEqual(cells.map((text) => (text === '' ? NaN : Number(text) || 0)));
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('many rows, over every size of piece', () => {
  const list = listOf(Array.from({ length: 200_000 }, (_, n) => (n / 4).toFixed(2)));
  expect(list.byteLength).toBe(800_000);
  for (const row of [0, 1_023, 1_024, 65_535, 65_536, 131_071, 131_072, 199_999]) expect(list.at(row)).toBe(row / 4);
});

test('joined lists keep their numbers', () => {
  const [one, two, fine] = [listOf(['1.5', '']), listOf(['2.5']), listOf(['0.001'])];
  expect(joinNumbers(one, two)).toBeInstanceOf(DecimalList);
  expect(valuesOf(joinNumbers(one, two))).toEqual([1.5, NaN, 2.5]);
  expect(valuesOf(joinNumbers(one, fine))).toEqual([1.5, NaN, 0.001]);
});

test('different numbers are counted: all of an index, others up to the limit', () => {
  const count = (values: readonly number[]): number => countDifferent(new FloatList(Float64Array.from(values)));
  const many = Array.from({ length: 2 * MAX_CATEGORIES }, (_, n) => n);
  expect(count([3, 1, NaN, 3, 1, 2, -0, 0])).toBe(4);
  expect(count([])).toBe(0);
  expect(count(many)).toBe(many.length);
  expect(count(many.toReversed())).toBe(many.length);
  expect(count([...many, 0])).toBe(MAX_CATEGORIES);
});
