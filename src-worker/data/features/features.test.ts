import { describe, expect, test } from 'vitest';
import type { FeatureTransform } from '../../api';
import type { Column } from '../column';
import type { RawCell } from '../raw-cell';
import { readAs } from '../read-as';
import { columnOf } from '../testing/table-of';
import type { FeatureSettings } from './feature';
import { inputNames, kindOf, settingsFor, widthOf } from '.';

type FeatureType = FeatureTransform['type'];
const plain: FeatureSettings = { missing: 'mean', scaling: 'standard', rare: 0 };

/** Learnt from all cells, or from the first `train` of them. */
function fit(
  cells: readonly (string | number)[],
  type: FeatureType,
  settings: Partial<FeatureSettings> = {},
  train = cells.length,
) {
  const column = columnOf('c', cells);
  const reading = readAs(column, type, {}, 'data.csv');
  const rows = Uint32Array.from({ length: train }, (_, row) => row);
  return { column, feature: kindOf(type).fit(column, reading, rows, { ...plain, ...settings }) };
}

/** The inputs of every row of a column; what the raw cells alone give must be the same. */
function inputsOf(feature: FeatureTransform, column: Column, cells: readonly RawCell[]): number[][] {
  const kind = kindOf(feature.type);
  const [valueAt, cellValue, write] = [kind.fromColumn(feature, column), kind.fromCell(feature), kind.write(feature)];
  const inputs = (value: number): number[] => {
    const x = new Float64Array(widthOf(feature));
    write(value, x, 0);
    return [...x];
  };
  const fromTable = cells.map((_, row) => inputs(valueAt(row)));
  expect(cells.map((cell) => inputs(cellValue(cell)!))).toEqual(fromTable);
  return fromTable;
}

const round = (rows: number[][]): number[][] => rows.map((row) => row.map((value) => Math.round(value * 1e9) / 1e9));

describe('numbers', () => {
  const cells = ['1', '', '3', '8'];
  test.each([
    ['mean', 4],
    ['drop', 4],
    ['median', 3],
    ['most-frequent', 1],
  ] as const)('a hole becomes the %s: %d', (missing, fill) => {
    const { column, feature } = fit(cells, 'number', { missing, scaling: 'none' });
    expect(inputsOf(feature, column, cells)).toEqual([[1], [fill], [3], [8]]);
  });

  test('of an even count the median is the mean of the two in the middle, and the most frequent is the least of several', () => {
    expect(fit(['4', '1', '2', '10'], 'number', { missing: 'median' }).feature).toMatchObject({ fill: 3 });
    expect(fit(['9', '5', '9', '5', '7'], 'number', { missing: 'most-frequent' }).feature).toMatchObject({ fill: 5 });
    expect(fit(['-1', '-10', '5'], 'number', { missing: 'median' }).feature).toMatchObject({ fill: -1 });
  });

  test('are scaled by the training rows alone', () => {
    const { column, feature } = fit(['0', '10', '1000'], 'number', { scaling: 'min-max' }, 2);
    expect(inputsOf(feature, column, ['0', '10', '1000'])).toEqual([[0], [1], [100]]);
    expect(fit(['1', '3', '500'], 'number', {}, 2).feature).toMatchObject({ offset: 2, scale: 1, fill: 2 });
  });
});

describe('booleans', () => {
  const cells = ['yes', 'No', '', 'yes'];
  test.each([
    ['mean', 2 / 3],
    ['median', 1],
    ['most-frequent', 1],
  ] as const)('are 0 and 1, and a hole is the %s', (missing, fill) => {
    const { column, feature } = fit(cells, 'boolean', { missing });
    expect(inputsOf(feature, column, cells)).toEqual([[1], [0], [fill], [1]]);
    expect(inputNames([feature])).toEqual(['c']);
  });

  test('refuse another word in a row to answer, and take numbers written otherwise', () => {
    const { feature } = fit(cells, 'boolean');
    expect(kindOf('boolean').fromCell(feature)('perhaps')).toBeNull();
    expect(kindOf('boolean').expected(feature)).toBe('yes or no');
    const { feature: binary } = fit(['0', '1'], 'boolean');
    expect([1, '1.0', '0', 0].map(kindOf('boolean').fromCell(binary))).toEqual([1, 1, 0, 0]);
  });
});

describe('categories', () => {
  const cells = ['a', 'b', '', 'a', 'c', 'z'];
  test('have an input each, in the training part; a hole and an unseen one set none', () => {
    const { column, feature } = fit(cells, 'category', {}, 5);
    expect(inputNames([feature])).toEqual(['c = a', 'c = b', 'c = c']);
    expect(inputsOf(feature, column, cells)).toEqual([
      ...[
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
        [1, 0, 0],
      ],
      ...[
        [0, 0, 1],
        [0, 0, 0],
      ],
    ]);
  });

  test('share one input where they are rare, with those never seen', () => {
    const { column, feature } = fit(cells, 'category', { rare: 2 }, 5);
    expect(inputNames([feature])).toEqual(['c = a', 'c = any other']);
    expect(inputsOf(feature, column, cells)).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
  });

  test('have no such input where none is rare', () => {
    expect(inputNames([fit(['a', 'a', 'b', 'b'], 'category', { rare: 2 }).feature])).toEqual(['c = a', 'c = b']);
  });

  test('take the most frequent for a hole, which counts towards its rows', () => {
    const { column, feature } = fit(cells, 'category', { missing: 'most-frequent', rare: 3 }, 5);
    expect(feature).toMatchObject({ categories: ['a'], other: true, fill: 'a' });
    expect(inputsOf(feature, column, cells)[2]).toEqual([1, 0]);
    const rare = fit(['a', 'b', ''], 'category', { missing: 'most-frequent', rare: 9 });
    expect(inputsOf(rare.feature, rare.column, ['a', 'b', ''])).toEqual([[1], [1], [1]]);
  });
});

describe('dates', () => {
  const day = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 16);
  const every = (count: number, step: number): string[] => Array.from({ length: count }, (_, n) => day(n * step));

  test.each([
    ['one day, hour by hour', every(24, 1 / 24), []],
    ['three days, hour by hour', every(72, 1 / 24), ['day']],
    ['three weeks, day by day', every(23, 1), ['week']],
    ['three weeks of Thursdays', every(10, 7), []],
    ['two years of Thursdays', every(105, 7), ['year']],
    ['two years, every seven hours', every(2600, 7 / 24), ['day', 'week', 'year']],
  ])('have the cycles that the training part goes through: %s', (_what, cells, cycles) => {
    expect(fit(cells, 'date').feature).toMatchObject({ cycles });
  });

  test('are scaled days, then sin and cos of each cycle: noon lies opposite to midnight', () => {
    const cells = every(5, 0.5);
    const { column, feature } = fit([...cells, ''], 'date', { scaling: 'none' });
    expect(inputNames([feature])).toEqual(['c', 'c, time of day (sin)', 'c, time of day (cos)']);
    expect(round(inputsOf(feature, column, cells))).toEqual(
      [0, 0.5, 1, 1.5, 2].map((t) => [t, 0, t % 1 === 0 ? 1 : -1]),
    );
    expect(round(inputsOf(feature, columnOf('c', ['']), ['']))).toEqual([[1, 0, 1]]);
  });

  test('before 1970 have the same place in the week as after', () => {
    const { feature } = fit(every(40, 1), 'date', { scaling: 'none' });
    const cells = [day(3), day(-4)];
    const [after, before] = round(inputsOf(feature, columnOf('c', cells), cells));
    expect(before!.slice(1)).toEqual(after!.slice(1));
  });

  test('refuse what is no date in a row to answer', () => {
    const { feature } = fit(every(3, 1), 'date');
    expect(kindOf('date').fromCell(feature)('soon')).toBeNull();
    expect(kindOf('date').fromCell(feature)(null)).toBeNaN();
  });
});

test('a column takes its own settings before those for all', () => {
  const all = { missing: 'mean', scaling: 'standard', rare: 0 } as const;
  expect(settingsFor(all, {})).toEqual(all);
  expect(settingsFor(all, { missing: 'drop', rare: 3 })).toEqual({ missing: 'drop', scaling: 'standard', rare: 3 });
});
