import { describe, expect, test } from 'vitest';
import { loadData, prepare, type LoadedData, type PreparedData } from '.';
import type { DataSpec } from '../api';
import type { Examples, Part } from '../engine';
import { defaultDataSpec } from '../experiment/defaults';
import type { Problem } from '../problem';

const base = defaultDataSpec({ files: [], testFiles: [] });

async function loadCsv(text: string, testText?: string): Promise<LoadedData> {
  const tests = testText === undefined ? [] : [new File([testText], 'test.csv')];
  const loaded = await loadData(base, [new File([text], 'data.csv')], tests);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  return loaded.value;
}

function ready(loaded: LoadedData, spec: Partial<DataSpec> = {}): PreparedData {
  const prepared = prepare(loaded, { ...base, ...spec });
  if (!prepared.ok) throw new Error(prepared.problems[0]!.message);
  return prepared.value;
}

function refused(loaded: LoadedData, spec: Partial<DataSpec> = {}): Problem {
  const prepared = prepare(loaded, { ...base, ...spec });
  if (prepared.ok) throw new Error('expected a problem');
  return prepared.problems[0]!;
}

const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows.map((row) => row.join(','))].join('\n');
const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const codes = (prepared: PreparedData): string[] => prepared.summary.warnings.map(({ code }) => code);

function rowsOf(examples: Examples, width: number): number[][] {
  const x = examples.x as Float64Array;
  return range(examples.count).map((n) => [...x.slice(n * width, (n + 1) * width)]);
}

const mixed = csv(
  'size,kind,species',
  range(100).map((n) => [
    n % 10 === 3 ? '' : (n * 37) % 101,
    ['red', 'green', ''][n % 3]!,
    ['a', 'b', 'c', 'c'][n % 4]!,
  ]),
);

describe('a table', () => {
  test('becomes scaled numbers and one-hot categories, with a name for every input', async () => {
    const prepared = ready(await loadCsv(mixed));
    const { summary, preprocessing } = prepared;
    expect(summary.featureNames).toEqual(['size', 'kind = green', 'kind = red']);
    expect(summary).toMatchObject({
      inputShape: [3],
      task: 'multi-class',
      classes: ['a', 'b', 'c'],
      classCounts: [25, 25, 50],
    });
    expect(summary.parts).toEqual({ train: 70, dev: 15, test: 15 });
    const train = prepared.examples('train', 3, 'float64')!;
    expect(train.count).toBe(70);
    const sizes = rowsOf(train, 3).map(([size]) => size!);
    expect(sizes.reduce((sum, size) => sum + size, 0) / 70).toBeCloseTo(0, 9);
    for (const [, green, red] of rowsOf(train, 3)) expect([0, 1]).toContain(green! + red!);
    expect(preprocessing.features[1]).toEqual({
      column: 'kind',
      type: 'category',
      categories: ['green', 'red'],
      other: false,
      fill: null,
    });
  });

  test('holes take the training mean, which scales to zero', async () => {
    const prepared = ready(await loadCsv(mixed));
    const size = prepared.preprocessing.features[0]!;
    if (size.type !== 'number') throw new Error('expected a number');
    expect(size.fill).toBe(size.offset);
    const zeros = rowsOf(prepared.examples('train', 3, 'float64')!, 3).filter(([value]) => value === 0);
    expect(zeros.length).toBeGreaterThan(3);
  });

  test('rows with holes are dropped where the document says so, and counted', async () => {
    const prepared = ready(await loadCsv(mixed), { missing: 'drop' });
    expect(prepared.summary).toMatchObject({ rows: 100, usedRows: 60 });
    expect(codes(prepared)).toContain('data/dropped-rows');
  });

  test('rows without a target are always dropped', async () => {
    const rows = range(60).map((n) => [Math.sin(n), n < 6 ? 'NA' : n % 2 === 0 ? 'x' : 'y']);
    const prepared = ready(await loadCsv(csv('v,label', rows)));
    expect(prepared.summary.usedRows).toBe(54);
    expect(prepared.summary.warnings.find(({ code }) => code === 'data/missing-target')!.message).toMatch(/^6 rows/);
  });

  test('targets are one-hot, or 0 and 1 for a single output', async () => {
    const rows = range(40).map((n) => [Math.sin(n), n % 2 === 0 ? 'no' : 'yes']);
    const prepared = ready(await loadCsv(csv('v,label', rows)));
    const single = [...prepared.examples('train', 1)!.y];
    const pair = prepared.examples('train', 2)!.y;
    expect(prepared.examples('train', 1)!.y).toBeInstanceOf(Float32Array);
    expect(prepared.examples('train', 1, 'float64')!.y).toBeInstanceOf(Float64Array);
    single.forEach((y, n) => expect([pair[2 * n], pair[2 * n + 1]]).toEqual([1 - y, y]));
    expect(single.reduce((sum, y) => sum + y, 0)).toBe(single.length / 2);
    expect(() => prepared.examples('train', 3)).toThrow(RangeError);
  });

  test('regression targets are standardised by the training part, and raw without scaling', async () => {
    const rows = range(40).map((n) => [Math.sin(n), 1000 + 7 * n + 0.5]);
    const loaded = await loadCsv(csv('v,price', rows));
    const prepared = ready(loaded);
    const { mean, deviation } = prepared.preprocessing.target;
    const y = [...prepared.examples('train', 1, 'float64')!.y];
    expect(y.reduce((sum, value) => sum + value, 0) / y.length).toBeCloseTo(0, 9);
    const raw = ready(loaded, { scaling: 'none' });
    expect(raw.preprocessing.target).toMatchObject({ mean: 0, deviation: 1 });
    raw
      .examples('train', 1, 'float64')!
      .y.forEach((value, n) => expect(y[n]! * deviation + mean).toBeCloseTo(value, 9));
  });

  test('a part without rows has no examples', async () => {
    const split = { ...base.split, train: 0.8, dev: 0.2, test: 0 };
    expect(ready(await loadCsv(mixed), { split }).examples('test', 3)).toBeNull();
  });

  test('a changed decision needs no second reading and leaves what is loaded as it was', async () => {
    const loaded = await loadCsv(mixed);
    const before = ready(loaded);
    const other = ready(loaded, { columns: { kind: { role: 'target' }, size: { type: 'category' } } });
    expect(other.summary).toMatchObject({ target: 'kind', task: 'binary', usedRows: 67 });
    expect(ready(loaded).preprocessing).toEqual(before.preprocessing);
  });

  test('the summary tells each column', async () => {
    const { columns, preview, points } = ready(await loadCsv(mixed)).summary;
    expect(columns[0]).toMatchObject({ name: 'size', type: 'number', role: 'feature', holes: 10, categories: [] });
    expect(columns[0]!.numeric!.max).toBeLessThanOrEqual(100);
    expect(columns[1]).toMatchObject({ type: 'category', holes: 33, distinct: 2, numeric: null });
    expect(columns[1]!.categories).toEqual([
      { value: 'red', count: 34 },
      { value: 'green', count: 33 },
    ]);
    expect(preview).toHaveLength(50);
    expect(preview[0]).toEqual(['0', 'red', 'a']);
    expect(points).toBeNull();
  });

  test('numbers beyond what categories can be are refused as categories', async () => {
    const rows = range(100_100).map((n) => [n + 0.5, n % 2]);
    const loaded = await loadCsv(csv('v,label', rows));
    expect(refused(loaded, { columns: { v: { type: 'category' } } }).code).toBe('data/too-many-categories');
    expect(ready(loaded).summary.usedRows).toBe(100_100);
  });

  test('more inputs than fit into memory are refused before they are made', async () => {
    const rows = range(60_000).map((n) => [Math.floor(n / 3) + 0.5, n % 2]);
    const problem = refused(await loadCsv(csv('v,label', rows)), { columns: { v: { type: 'category' } } });
    expect(problem.code).toBe('data/too-wide');
  });

  test('nothing left after dropping names the worst column', async () => {
    const rows = range(40).map((n) => [
      Math.sin(n),
      n % 2 === 0 ? '' : 1.5 + n,
      n % 2 === 1 ? '' : n,
      n % 2 === 0 ? 'a' : 'b',
    ]);
    const problem = refused(await loadCsv(csv('v,w,u,label', rows)), { missing: 'drop' });
    expect(problem).toMatchObject({ code: 'data/no-rows-left', path: 'data.missing' });
  });
});

describe('what the training part has not seen', () => {
  /** The rows of the file that ended up in a part, by their number in column `v`. */
  const members = (prepared: PreparedData, part: Part): Set<number> =>
    new Set(rowsOf(prepared.examples(part, 2, 'float64')!, prepared.summary.inputShape[0]!).map(([v]) => v!));

  test('never changes the scaling: values outside the training part may be anything', async () => {
    const values = range(60).map((n) => ((n * 17) % 61) + 0.5);
    const text = (v: readonly number[]): string =>
      csv(
        'v,kind,label',
        v.map((value, n) => [value, n % 3 === 0 ? 'p' : 'q', n % 2 === 0 ? 'a' : 'b']),
      );
    const plain = ready(await loadCsv(text(values)), { scaling: 'none' });
    const train = members(plain, 'train');
    expect(train.size).toBe(42);
    const spoiled = values.map((value) => (train.has(value) ? value : 1e6 + value));
    for (const scaling of ['standard', 'min-max'] as const) {
      const original = ready(await loadCsv(text(values)), { scaling });
      const changed = ready(await loadCsv(text(spoiled)), { scaling });
      expect(changed.preprocessing).toEqual(original.preprocessing);
      expect(changed.examples('train', 2)).toEqual(original.examples('train', 2));
      expect(changed.examples('test', 2)).not.toEqual(original.examples('test', 2));
    }
  });

  test('a category only outside the training part sets no input', async () => {
    const text = (kinds: readonly string[]): string =>
      csv(
        'v,kind,label',
        kinds.map((kind, n) => [n + 0.5, kind, n % 2 === 0 ? 'a' : 'b']),
      );
    const kinds = range(60).map((n) => ['p', 'q', 'r'][n % 3]!);
    const train = members(ready(await loadCsv(text(kinds)), { scaling: 'none' }), 'train');
    const changed = kinds.map((kind, n) => (train.has(n + 0.5) ? kind : 'new'));
    const prepared = ready(await loadCsv(text(changed)));
    expect(prepared.preprocessing.features[1]).toMatchObject({ categories: ['p', 'q', 'r'] });
    for (const [, ...oneHot] of rowsOf(prepared.examples('test', 2)!, 4)) expect(oneHot).toEqual([0, 0, 0]);
  });
});

describe('a separate test file', () => {
  const rows = range(60).map((n) => [n + 0.5, n % 3 === 0 ? 'p' : 'q', n % 2 === 0 ? 'a' : 'b']);
  const training = csv('v,kind,label', rows);

  test('is the test part, found by column names, and its share goes to training', async () => {
    const tester = csv('label,extra,kind,v', [
      ['b', 1, 'new', 2.5],
      ['a', 2, 'q', 1000],
    ]);
    const prepared = ready(await loadCsv(training, tester));
    expect(prepared.summary.parts).toEqual({ train: 51, dev: 9, test: 2 });
    expect(prepared.summary.rows).toBe(62);
    expect(codes(prepared)).toContain('data/extra-test-columns');
    const { offset, scale } = prepared.preprocessing.features[0] as { offset: number; scale: number };
    const { x, y } = prepared.examples('test', 1, 'float64')!;
    expect([...(x as Float64Array)]).toEqual([(2.5 - offset) * scale, 0, 0, (1000 - offset) * scale, 0, 1]);
    expect([...y]).toEqual([1, 0]);
  });

  test('never changes what was learned from the training file', async () => {
    const small = csv('v,kind,label', rows.slice(0, 5));
    const large = csv(
      'v,kind,label',
      rows.map(([v, , label]) => [1e6 * Number(v), 'z', label!]),
    );
    const first = ready(await loadCsv(training, small));
    const second = ready(await loadCsv(training, large));
    expect(second.preprocessing).toEqual(first.preprocessing);
    expect(second.examples('train', 1)).toEqual(first.examples('train', 1));
  });

  test('that lacks a column is refused with what is missing and what is there instead', async () => {
    const problem = refused(await loadCsv(training, csv('V,kind,label', rows)));
    expect(problem).toMatchObject({ code: 'data/test-columns', file: 'test.csv' });
    expect(problem.message).toContain('lacks "v" and has "V" instead');
  });

  test('may lack a column that is left out', async () => {
    const loaded = await loadCsv(
      training,
      csv(
        'kind,label',
        rows.map(([, kind, label]) => [kind!, label!]),
      ),
    );
    expect(ready(loaded, { columns: { v: { role: 'ignore' } } }).summary.parts.test).toBe(60);
  });

  test('with a class of its own says that it can never be right', async () => {
    const prepared = ready(
      await loadCsv(
        training,
        csv('v,kind,label', [
          [1, 'p', 'c'],
          [2, 'q', 'a'],
        ]),
      ),
    );
    expect(prepared.summary).toMatchObject({ classes: ['a', 'b', 'c'], task: 'multi-class' });
    expect(codes(prepared)).toContain('data/class-not-in-training');
    expect([...prepared.examples('test', 3)!.y]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test('finds classes and categories that are the same numbers written otherwise', async () => {
    const loaded = await loadCsv(
      csv(
        'v,grade,label',
        range(40).map((n) => [n + 0.5, n % 3, n % 2]),
      ),
      csv('v,grade,label', [[1, '2.0', '1.0']]),
    );
    const prepared = ready(loaded, { columns: { grade: { type: 'category' } } });
    expect([...prepared.examples('test', 2)!.y]).toEqual([0, 1]);
    expect(rowsOf(prepared.examples('test', 2)!, 4)[0]!.slice(1)).toEqual([0, 0, 1]);
  });
});

describe('points to draw', () => {
  test('of two numbers, in raw units, with class and part', async () => {
    const rows = range(40).map((n) => [n + 0.5, -n - 0.5, n % 2 === 0 ? 'a' : 'b']);
    const { points, parts } = ready(await loadCsv(csv('p,q,label', rows))).summary;
    expect(points).toMatchObject({ xName: 'p', yName: 'q' });
    expect(points!.x).toHaveLength(40);
    points!.x.forEach((x, n) => {
      expect(points!.y[n]).toBe(-x);
      expect(points!.target[n]).toBe((x - 0.5) % 2);
    });
    expect([0, 1, 2].map((part) => points!.part.filter((own) => own === part).length)).toEqual([
      parts.train,
      parts.dev,
      parts.test,
    ]);
  });

  test('of one number and the number to predict', async () => {
    const rows = range(40).map((n) => [n + 0.5, 3 * n + 0.25]);
    const { points } = ready(await loadCsv(csv('x,price', rows))).summary;
    expect(points).toMatchObject({ xName: 'x', yName: 'price' });
    points!.x.forEach((x, n) =>
      expect([points!.y[n], points!.target[n]]).toEqual([3 * (x - 0.5) + 0.25, points!.y[n]]),
    );
  });

  test('are at most 2,000, spread over all rows', async () => {
    const rows = range(9_001).map((n) => [n + 0.5, Math.sin(n), n % 2 === 0 ? 'a' : 'b']);
    const { points } = ready(await loadCsv(csv('p,q,label', rows))).summary;
    expect(points!.x).toHaveLength(2_000);
    expect(new Set(points!.part).size).toBe(3);
  });
});
