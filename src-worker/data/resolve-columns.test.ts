import { describe, expect, test } from 'vitest';
import type { DataSpec } from '../api';
import { ProblemError, type Problem } from '../problem';
import { resolveColumns, type ResolvedColumns } from './resolve-columns';
import type { Table } from './table';
import { tableOf } from './testing/table-of';

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const pick = <T>(n: number, ...values: T[]): T[] => range(n).map((index) => values[index % values.length]!);
/** Numbers with many different values. */
const wave = (n: number, phase = 0): number[] =>
  range(n).map((index) => Math.round(1000 * Math.sin(index + phase)) / 10);

function roles(resolved: ResolvedColumns): string {
  return resolved.columns.map(({ column, type, role }) => `${column.name}:${type}:${role}`).join(' ');
}

function problemOf(table: Table, decided: DataSpec['columns'] = {}): Problem {
  try {
    resolveColumns(table, decided);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!;
    throw error;
  }
  throw new Error('expected a problem');
}

describe('the target', () => {
  test.each([
    [
      'by its name',
      { species: pick(40, 'a', 'b', 'c'), size: wave(40), last: pick(40, 'x', 'y') },
      'd.csv',
      'species',
      'multi-class',
    ],
    [
      'the surer name first',
      { class: pick(40, 'a', 'b', 'c'), survived: pick(40, 0, 1, 1), fare: wave(40) },
      'd.csv',
      'survived',
      'binary',
    ],
    [
      'a price',
      { cut: pick(40, 'a', 'b'), price: wave(40), x: wave(40, 1), y: wave(40, 2), z: wave(40, 3) },
      'd.csv',
      'price',
      'regression',
    ],
    ['y is a coordinate beside z', { x: wave(40), y: wave(40, 1), z: wave(40, 2) }, 'd.csv', 'z', 'regression'],
    ['y is an answer without z', { y: wave(40), x: wave(40, 1) }, 'd.csv', 'y', 'regression'],
    ['as the file is called', { mpg: wave(40), origin: pick(40, 'a', 'b', 'c') }, 'mpg.csv', 'mpg', 'regression'],
    ['in the plural', { bill: wave(40), tip: wave(40, 1), size: pick(40, 1, 2, 3) }, 'tips.csv', 'tip', 'regression'],
    [
      'the last column with few classes',
      { kind: pick(40, 'a', 'b'), v: wave(40), w: pick(40, 'x', 'y', 'z') },
      'd.csv',
      'w',
      'multi-class',
    ],
    ['last whole numbers, few of them', { v: wave(40), w: pick(40, 0, 1) }, 'd.csv', 'w', 'binary'],
    [
      'the first column with few classes',
      { kind: pick(40, 'a', 'b', 'c'), v: wave(40), w: wave(40, 1) },
      'd.csv',
      'kind',
      'multi-class',
    ],
    ['the last number', { v: wave(40), w: wave(40, 1), id: range(40) }, 'd.csv', 'w', 'regression'],
  ] as const)('is guessed %s', (_, columns, name, target, task) => {
    const resolved = resolveColumns(tableOf(columns, name), {});
    expect([resolved.target.column.name, resolved.task]).toEqual([target, task]);
    expect(resolved.taskReason).toMatch(new RegExp(`^${target} is the target because .+; .+\\.$`));
  });

  test('is never guessed where the person gave another role', () => {
    const table = tableOf({ species: pick(40, 'a', 'b'), size: wave(40) });
    expect(resolveColumns(table, { species: { role: 'feature' } }).target.column.name).toBe('size');
  });

  test('whole numbers are classes as a target and numbers as a feature, unless the person says otherwise', () => {
    const table = tableOf({ cylinders: pick(60, 4, 6, 8), weight: wave(60), label: pick(60, 'a', 'b', 'b') });
    expect(roles(resolveColumns(table, {}))).toBe(
      'cylinders:number:feature weight:number:feature label:category:target',
    );
    const chosen = resolveColumns(table, { cylinders: { role: 'target' } });
    expect([chosen.task, chosen.target.type]).toEqual(['multi-class', 'category']);
    expect(resolveColumns(table, { cylinders: { role: 'target', type: 'number' } }).task).toBe('regression');
  });

  test.each([
    [
      'text as a number',
      { species: { role: 'target', type: 'number' } },
      'data/text-as-number',
      'data.columns.species.type',
    ],
    ['free text', { name: { role: 'target' } }, 'data/target-free-text', 'data.columns.name'],
    [
      'a measurement as classes',
      { size: { role: 'target', type: 'category' } },
      'data/too-many-classes',
      'data.columns.size',
    ],
    ['a constant', { planet: { role: 'target' } }, 'data/constant-target', 'data.columns.planet'],
    ['a column that is not there', { specie: { role: 'target' } }, 'data/unknown-column', 'data.columns.specie'],
    ['two of them', { species: { role: 'target' }, size: { role: 'target' } }, 'data/two-targets', 'data.columns.size'],
  ] as const)('cannot be %s', (_, decided, code, path) => {
    const table = tableOf({
      species: pick(40, 'a', 'b', 'c'),
      name: range(40).map((n) => `name ${n}`),
      size: wave(40),
      planet: pick(40, 'Earth'),
    });
    expect(problemOf(table, decided)).toMatchObject({ code, path });
  });

  test('a mistyped column gets its likely name', () => {
    expect(problemOf(tableOf({ species: pick(30, 'a', 'b'), v: wave(30) }), { specis: {} }).hint).toBe(
      'Did you mean "species"?',
    );
  });

  test('a table with nothing to predict says so', () => {
    expect(problemOf(tableOf({ id: range(40), name: range(40).map((n) => `n${n}`) })).code).toBe('data/no-target');
    expect(problemOf(tableOf({ label: pick(40, 'a', 'b') })).code).toBe('data/no-features');
  });
});

describe('features', () => {
  test('constants, identifiers, names and empty columns are left out with a reason', () => {
    const resolved = resolveColumns(
      tableOf({
        customer_id: range(40),
        planet: pick(40, 'Earth'),
        name: range(40).map((n) => `name ${n}`),
        empty: pick(40, '', 'NA'),
        size: wave(40),
        label: pick(40, 'a', 'b'),
      }),
      {},
    );
    expect(resolved.columns.map(({ role, reason }) => [role, reason])).toEqual([
      ['ignore', 'Left out: it numbers the rows.'],
      ['ignore', 'Left out: it has the same value in every row.'],
      ['ignore', 'Left out: 40 different texts in 40 rows are names, not categories.'],
      ['ignore', 'Left out: it has no values.'],
      ['feature', 'All values are numbers.'],
      ['target', 'Target: that is what its name says.'],
    ]);
    expect(resolved.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['data/constant-column', 'data.columns.planet'],
    ]);
  });

  test('the person has the last word', () => {
    const table = tableOf({ planet: pick(40, 'Earth'), id: range(40), size: wave(40), label: pick(40, 'a', 'b') });
    const decided: DataSpec['columns'] = {
      planet: { role: 'feature' },
      id: { role: 'feature' },
      size: { role: 'ignore' },
    };
    expect(roles(resolveColumns(table, decided))).toBe(
      'planet:category:feature id:number:feature size:number:ignore label:category:target',
    );
  });

  test('numbers may be taken for categories and texts with numbers in them for numbers', () => {
    const table = tableOf({ grade: pick(40, 1, 2, 3), mixed: pick(40, '1', '2', 'many'), label: pick(40, 'a', 'b') });
    const resolved = resolveColumns(table, { grade: { type: 'category' }, mixed: { type: 'number' } });
    expect(roles(resolved)).toBe('grade:category:feature mixed:number:feature label:category:target');
    expect(resolved.warnings).toMatchObject([{ code: 'data/not-numbers', path: 'data.columns.mixed' }]);
    expect(problemOf(table, { label: { type: 'number', role: 'feature' }, grade: { role: 'target' } })).toMatchObject({
      code: 'data/text-as-number',
      path: 'data.columns.label.type',
    });
  });

  test('a few slips of the keyboard leave numbers numbers, with a warning', () => {
    const cells = wave(100).map(String);
    cells[7] = 'n.a.';
    const resolved = resolveColumns(tableOf({ size: cells, label: pick(100, 'a', 'b') }), {});
    expect(resolved.features[0]!.type).toBe('number');
    expect(resolved.warnings[0]!.message).toBe('1 value of size is no number and counts as missing, such as “n.a.”.');
  });

  test('what says the same as the target is left out with a warning', () => {
    const survived = pick(60, 0, 1, 1);
    const alive = survived.map((value) => (value === 1 ? 'yes' : 'no'));
    const table = tableOf({ survived, age: wave(60), alive });
    const resolved = resolveColumns(table, {});
    expect(roles(resolved)).toBe('survived:category:target age:number:feature alive:boolean:ignore');
    expect(resolved.warnings).toMatchObject([{ code: 'data/leak', path: 'data.columns.alive' }]);
    expect(roles(resolveColumns(table, { alive: { role: 'feature' } }))).toContain('alive:boolean:feature');
  });

  test('a copy of a number to predict is a leak as well', () => {
    const table = tableOf({ price: wave(60), same: wave(60), other: wave(60, 1) });
    expect(roles(resolveColumns(table, {}))).toBe('price:number:target same:number:ignore other:number:feature');
  });

  test('the only feature stays, and so does one in a table too small to judge by', () => {
    const table = tableOf({ x: pick(60, 'n', 'y'), label: pick(60, 0, 1) });
    expect(roles(resolveColumns(table, {}))).toBe('x:boolean:feature label:category:target');
    const gate = tableOf({ a: [0, 0, 1, 1], b: [0, 1, 0, 1], y: [0, 0, 1, 1] });
    expect(roles(resolveColumns(gate, {}))).toBe('a:number:feature b:number:feature y:category:target');
  });

  test('of two names for the same categories the first is enough', () => {
    const table = tableOf({
      port: pick(60, 'C', 'Q', 'S'),
      town: pick(60, 'Cherbourg', 'Queenstown', 'Southampton'),
      label: pick(60, 'a', 'b'),
    });
    expect(roles(resolveColumns(table, {}))).toBe('port:category:feature town:category:ignore label:category:target');
  });

  test('a column called __proto__ is decided like any other', () => {
    const table = tableOf(
      Object.fromEntries([
        ['__proto__', wave(40)],
        ['label', pick(40, 'a', 'b')],
      ]),
    );
    expect(roles(resolveColumns(table, {}))).toBe('__proto__:number:feature label:category:target');
    const decided = Object.fromEntries([['__proto__', { role: 'target' as const }]]);
    expect(resolveColumns(table, decided).task).toBe('regression');
  });
});
