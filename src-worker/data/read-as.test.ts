import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../experiment/document';
import { ProblemError, type Problem } from '../problem';
import type { ColumnSpec } from '../api';
import { inferType } from './infer-type';
import { readAs } from './read-as';
import { holeReader, valueReader } from './reading';
import { columnOf } from './testing/table-of';

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

function refused(cells: readonly (string | number)[], type: ColumnType, decision: ColumnSpec = {}): Problem {
  try {
    readAs(columnOf('c', cells), type, decision, 'data.csv');
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!;
    throw error;
  }
  throw new Error('expected a problem');
}

function valuesOf(cells: readonly (string | number)[], type: ColumnType, decision: ColumnSpec = {}): number[] {
  const column = columnOf('c', cells);
  return cells.map((_, row) => valueReader(column, readAs(column, type, decision, 'data.csv'))(row));
}

describe('what a column is, without a decision', () => {
  const day = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);
  test.each([
    ['numbers', range(40), 'number', /whole numbers/],
    ['decimals', range(40).map((n) => n / 3), 'number', /all values are numbers/],
    ['two words', ['yes', 'no'], 'boolean', /yes or no|no or yes/],
    ['ISO dates', range(40).map(day), 'date', /all values are dates/],
    ['days above 12', range(40).map((n) => `${n % 28}/1/2024`.replace(/^0/, '28')), 'date', /the day first/],
    ['days in the second place', range(40).map((n) => `1/${(n % 28) + 1}/2024`), 'date', /the month first/],
    ['one slip among dates', [...range(40).map(day), 'soon'], 'date', /all but 1 value/],
    ['undecidable dates', range(12).map((n) => `${n + 1}/${n + 1}/2024`), 'text', /day and month could not be told/],
    [
      'undecidable dates that repeat',
      range(40).map((n) => `${(n % 4) + 1}/5/2024`),
      'category',
      /day and month could not be told/,
    ],
    ['repeated words', range(40).map((n) => `w${n % 4}`), 'category', /4 different texts/],
    ['names', range(40).map((n) => `name ${n}`), 'text', /names, not categories/],
    ['no values', ['', ''], 'category', /no values/],
  ])('%s', (_what, cells, type, reason) => {
    const found = inferType(columnOf('c', cells));
    expect(found.value).toBe(type);
    expect(found.reason).toMatch(reason);
  });
});

describe('a column read as', () => {
  test('dates: days since 1970 with the time as fraction, holes and other texts without a value', () => {
    expect(valuesOf(['1970-01-02', '1970-01-01T12:00', '', 'soon'], 'date')).toEqual([1, 0.5, NaN, NaN]);
  });

  test('dates of an order that the person chose', () => {
    expect(valuesOf(['3/1/1970', '1/1/1970'], 'date', { dateOrder: 'day-first' })).toEqual([2, 0]);
    expect(valuesOf(['1/3/1970', '1/1/1970'], 'date', { dateOrder: 'month-first' })).toEqual([2, 0]);
  });

  test.each([
    ['figures', ['19700103', '19701232'], [2, NaN]],
    ['seconds', ['172800', '0'], [2, 0]],
    ['milliseconds', ['1700006400000', '0'], [19676, 0]],
  ])('dates from numbers: %s', (_what, cells, days) => {
    expect(valuesOf(cells, 'date')).toEqual(days);
  });

  test('booleans of any two values', () => {
    expect(valuesOf(['male', 'female', ''], 'boolean')).toEqual([1, 0, NaN]);
  });

  test.each<[string, readonly (string | number)[], ColumnType, ColumnSpec, string, string]>([
    ['words as numbers', ['a', 'b'], 'number', {}, 'data/text-as-number', 'data.columns.c.type'],
    ['three values as a boolean', ['a', 'b', 'c'], 'boolean', {}, 'data/no-boolean', 'data.columns.c.type'],
    ['words as dates', ['a', 'b'], 'date', {}, 'data/no-dates', 'data.columns.c.type'],
    ['dates of either order', ['3/5/2024', '4/6/2024'], 'date', {}, 'data/date-order', 'data.columns.c.dateOrder'],
  ])('%s is refused with what to do', (_what, cells, type, decision, code, path) => {
    const problem = refused(cells, type, decision);
    expect(problem).toMatchObject({ code, path, file: 'data.csv' });
    expect(problem.message).toMatch(/\bc\b/);
    expect(problem.hint).not.toBe('');
  });

  test('categories has holes where nothing stands, and a boolean also where another word does', () => {
    const column = columnOf('c', ['a', '', 'b', 'c']);
    const isHole = (type: ColumnType): boolean[] =>
      range(4).map(
        holeReader(column, type === 'boolean' ? { type, words: { no: 'a', yes: 'b' } } : { type: 'category' }),
      );
    expect(isHole('category')).toEqual([false, true, false, false]);
    expect(isHole('boolean')).toEqual([false, true, false, true]);
  });
});
