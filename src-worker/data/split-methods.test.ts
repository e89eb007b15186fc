import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../engine';
import { ProblemError, type Problem } from '../problem';
import type { SplitSpec } from '../experiment/document';
import { resolveColumns } from './resolve-columns';
import { splitColumn } from './split-column';
import { split, type SplitRequest } from './split-methods';
import { tableOf } from './testing/table-of';

const spec: SplitSpec = {
  ...{ method: 'shares', train: 0.6, dev: 0.2, test: 0.2, stratify: true, seed: 1 },
  ...{ column: null, folds: 5, fold: 1 },
};
const request = (count: number, given: Partial<SplitSpec>, others: Partial<SplitRequest> = {}): SplitRequest => ({
  count,
  groupOf: null,
  spec: { ...spec, ...given },
  ownTest: false,
  partOf: () => 'train',
  keyOf: null,
  ...others,
});
const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const all = ({ train, dev, test }: ReturnType<typeof split>): number[] =>
  [...train, ...dev, ...test].sort((a, b) => a - b);

describe('in order', () => {
  test('the first rows train, the next are dev, the last test', () => {
    const { train, dev, test } = split(request(10, { method: 'order' }));
    expect([[...train], [...dev], [...test]]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
  });

  test('of a column: sorted, those without a value first, equal ones as they lie', () => {
    const keys = [5, NaN, 1, 9, 1, 7, 3, NaN, 2, 8];
    const { train, dev, test } = split(request(10, { method: 'order' }, { keyOf: (row) => keys[row]! }));
    expect([...train].sort((a, b) => a - b)).toEqual([1, 2, 4, 6, 7, 8]);
    expect([...dev].sort((a, b) => a - b)).toEqual([0, 5]);
    expect([...test].sort((a, b) => a - b)).toEqual([3, 9]);
  });

  test('with a test file its share trains', () => {
    const { train, dev, test } = split(request(10, { method: 'order' }, { ownTest: true }));
    expect([train.length, dev.length, test.length]).toEqual([8, 2, 0]);
  });
});

describe('folds', () => {
  test('each row beside the test part is in dev once, and the test part is the same for every fold', () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 20, max: 200 }),
          folds: fc.integer({ min: 2, max: 10 }),
          seed: fc.nat(99),
        }),
        fc.boolean(),
        ({ count, folds, seed }, grouped) => {
          const groupOf = grouped ? Int32Array.from(range(count), (row) => row % 3) : null;
          const runs = range(folds).map((i) =>
            split(request(count, { method: 'folds', folds, fold: i + 1, seed }, { groupOf })),
          );
          expect(runs.flatMap(({ dev }) => [...dev]).sort((a, b) => a - b)).toEqual(
            range(count).filter((row) => !runs[0]!.test.includes(row)),
          );
          const sizes = runs.map(({ dev }) => dev.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (const run of runs) {
            expect(run.test).toEqual(runs[0]!.test);
            expect(all(run)).toEqual(range(count));
            if (groupOf === null) continue;
            const members = (group: number): number => run.dev.filter((row) => groupOf[row] === group).length;
            const mean = (group: number): number =>
              runs.reduce((sum, { dev }) => sum + dev.filter((row) => groupOf[row] === group).length, 0) / folds;
            for (const group of [0, 1, 2]) expect(Math.abs(members(group) - mean(group))).toBeLessThan(1);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('take no test part where there is a test file', () => {
    expect(split(request(50, { method: 'folds' }, { ownTest: true })).test).toHaveLength(0);
  });
});

describe('by a column', () => {
  const cells = ['train', 'dev', 'TEST', 'Training', 'validation', 'train', 'test', 'val', 'train', 'holdout'];
  const table = tableOf({
    x: range(10),
    y: range(10).map((n) => n * n),
    part: cells,
    day: range(10).map((n) => `2024-01-${String(20 - n)}`),
    word: range(10).map((n) => 'uv'[n % 2]!),
    label: range(10).map((n) => 'ab'[n % 2]!),
  });
  const resolved = resolveColumns(table, { label: { role: 'target' } }, 'part');
  const problemOf = (given: Partial<SplitSpec>, from = table, ownTest = false): Problem => {
    try {
      splitColumn(
        from,
        resolveColumns(from, { label: { role: 'target' } }, given.column ?? null),
        { ...spec, ...given },
        ownTest,
      );
    } catch (error) {
      if (error instanceof ProblemError) return error.problems[0]!;
      throw error;
    }
    throw new Error('expected a problem');
  };

  test('its cells say the part, in the words that people use, and it is no feature', () => {
    const { partOf } = splitColumn(table, resolved, { ...spec, method: 'column', column: 'part' }, false);
    const parts: Part[] = range(10).map(partOf);
    expect(parts.map((part) => part[0]).join('')).toBe('tdttdtt' + 'dtt');
    expect(parts.filter((part) => part === 'test')).toHaveLength(3);
    expect(resolved.features.map(({ column }) => column.name)).not.toContain('part');
    const rows = split(request(10, { method: 'column' }, { partOf }));
    expect([...rows.test]).toEqual([2, 6, 9]);
    expect(all(rows)).toEqual(range(10));
  });

  test('in order: by its numbers or dates', () => {
    const { keyOf } = splitColumn(table, resolved, { ...spec, method: 'order', column: 'day' }, false);
    expect(range(10).map((row) => keyOf!(row) - keyOf!(9))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(splitColumn(table, resolved, { ...spec, method: 'shares', column: 'day' }, false).keyOf).toBeNull();
  });

  test.each<[string, Partial<SplitSpec>, string, RegExp]>([
    ['a column that is not there', { method: 'column', column: 'prat' }, 'data/unknown-column', /"part"/],
    ['cells that name no part', { method: 'column', column: 'word' }, 'data/split-values', /train, dev or test/],
    ['the target', { method: 'column', column: 'label' }, 'data/target-splits', /./],
    ['numbers', { method: 'column', column: 'x' }, 'data/split-values', /train, dev or test/],
    ['words as an order', { method: 'order', column: 'word' }, 'data/split-order', /dates or numbers/],
  ])('%s: refused', (_what, given, code, hint) => {
    const problem = problemOf(given);
    expect(problem).toMatchObject({ code, path: 'data.split.column', file: 'data.csv' });
    expect(problem.hint).toMatch(hint);
  });

  test('without a row to train on, with an empty cell, or with test rows beside a test file: refused', () => {
    const other = (part: string[]) => tableOf({ x: range(4), part, label: ['a', 'b', 'a', 'b'] });
    const given = { method: 'column', column: 'part' } as const;
    expect(problemOf(given, other(['dev', 'test', 'dev', 'test'])).message).toMatch(/no row says train/);
    expect(problemOf(given, other(['train', '', 'dev', 'test'])).message).toMatch(/“nothing”|nothing/);
    expect(problemOf(given, other(['train', 'dev', 'train', 'test']), true).code).toBe('data/two-tests');
  });
});
