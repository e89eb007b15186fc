import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoriesOf, numberAt, type Column } from './column';
import { ColumnBuilder, createTextBudget } from './column-builder';
import { GUARANTEED_TEXTS, MAX_CATEGORIES, MEASURED_TEXTS } from './limits';

function columnOf(cells: Iterable<string>, delimiter = ',', budget = createTextBudget()): Column {
  const builder = new ColumnBuilder(delimiter, budget);
  for (const cell of cells) builder.add(cell);
  return builder.finish('c');
}

function numbersOf(column: Column): number[] {
  return Array.from({ length: column.length }, (_, row) => numberAt(column, row));
}

test('numbers, holes and texts of one column', () => {
  const column = columnOf(['1', ' 2.5 ', 'NA', '', 'x', '1']);
  expect(numbersOf(column)).toEqual([1, 2.5, NaN, NaN, NaN, 1]);
  expect(column.profile).toEqual({
    holes: 2,
    present: 4,
    notNumbers: 1,
    examples: ['x'],
    distinct: 3,
    distinctNumbers: 2,
    integers: false,
    numeric: { min: 1, max: 2.5, mean: 1.5, deviation: Math.sqrt(0.5) },
  });
});

test('any column can be taken for categories: numbers in their order, the same number under one name', () => {
  const numbers = categoriesOf(columnOf(['10', '9', '9.0', '?']))!;
  expect(numbers.names).toEqual(['9', '10']);
  expect(numbers.counts).toEqual([2, 1]);
  expect([0, 1, 2, 3].map((row) => numbers.at(row))).toEqual([1, 0, 0, -1]);
  expect(categoriesOf(columnOf(['b', '10', '9', 'a']))!.names).toEqual(['10', '9', 'a', 'b']);
});

test('decimal commas are read where the delimiter is none', () => {
  expect(numbersOf(columnOf(['3,14', '2'], ';'))).toEqual([3.14, 2]);
  expect(numbersOf(columnOf(['3,14', '2'], '\t'))).toEqual([3.14, 2]);
});

test.each(['__proto__', 'constructor', 'toString'])('the text %s is a category like any other', (text) => {
  expect(categoriesOf(columnOf([text, 'a', text]))!.names).toContain(text);
});

test('codes widen as texts become more', () => {
  for (const [different, bytes] of [
    [200, 1],
    [300, 2],
    [70_000, 4],
  ] as const) {
    const column = columnOf(Array.from({ length: different }, (_, n) => `t${n}`));
    expect(column.codes!.BYTES_PER_ELEMENT).toBe(bytes);
    expect(column.texts[column.codes![different - 1]!]).toBe(`t${different - 1}`);
  }
});

describe('beyond the most texts that are kept', () => {
  const many = MAX_CATEGORIES + 100;

  test('numbers go on as numbers', () => {
    const column = columnOf(
      Array.from({ length: many }, (_, n) => (n === 5 ? '' : n === many - 1 ? 'oops' : `${n}.5`)),
    );
    expect(column.codes).toBeNull();
    expect(column.texts).toHaveLength(1);
    expect(numberAt(column, 0)).toBe(0.5);
    expect(numberAt(column, 5)).toBeNaN();
    expect(numberAt(column, many - 2)).toBe(many - 1.5);
    expect(column.profile).toMatchObject({ holes: 1, present: many - 1, notNumbers: 1, examples: ['oops'] });
    expect(column.profile.numeric).toMatchObject({ min: 0.5, max: many - 1.5 });
    expect(categoriesOf(column)).toBeNull();
  });

  test('texts keep nothing but counts', () => {
    const column = columnOf(Array.from({ length: many }, (_, n) => `name ${n}`));
    expect(column).toMatchObject({ codes: null, numbers: null, length: many });
    expect(column.profile.present).toBe(many);
    expect(categoriesOf(column)).toBeNull();
  });
});

describe('many numbers', () => {
  const rows = 2 * MEASURED_TEXTS;

  test('that hardly ever come twice are measurements, kept as numbers alone', () => {
    const column = columnOf(Array.from({ length: rows }, (_, n) => (n === 7 ? 'n/a' : (n / 8).toFixed(3))));
    expect(column.codes).toBeNull();
    expect(numberAt(column, 7)).toBeNaN();
    expect(numberAt(column, rows - 1)).toBe((rows - 1) / 8);
    expect(column.profile).toMatchObject({ holes: 1, notNumbers: 0, distinct: rows - 1, distinctNumbers: rows - 1 });
  });

  test('that come again may still be categories', () => {
    const column = columnOf(Array.from({ length: 4 * rows }, (_, n) => String(Math.floor(n / 4))));
    expect(categoriesOf(column)!.names).toHaveLength(rows);
  });

  test('with decimal commas', () => {
    const column = columnOf(
      Array.from({ length: rows }, (_, n) => (n / 8).toFixed(3).replace('.', ',')),
      ';',
    );
    expect(column.codes).toBeNull();
    expect(numberAt(column, rows - 1)).toBe((rows - 1) / 8);
  });
});

test('a spent budget takes texts from columns with many of them, and leaves those with few', () => {
  const budget = { texts: 300, characters: 1_000_000 };
  const wide = columnOf(
    Array.from({ length: 1000 }, (_, n) => `${n}.25`),
    ',',
    budget,
  );
  expect(wide.codes).toBeNull();
  expect(numberAt(wide, 999)).toBe(999.25);
  budget.texts = 0;
  const narrow = columnOf(
    Array.from({ length: 1000 }, (_, n) => `c${n % (GUARANTEED_TEXTS / 2)}`),
    ',',
    budget,
  );
  expect(narrow.codes).not.toBeNull();
});

test('numbers survive the way through text exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), (values) => {
      expect(numbersOf(columnOf(values.map(String)))).toEqual(values.map((value) => value + 0 || 0));
    }),
    { seed: 1, numRuns: 200 },
  );
});
