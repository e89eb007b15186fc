import { describe, expect, test } from 'vitest';
import { loadData, prepare, type LoadedData, type PreparedData } from '.';
import type { DataSpec } from '../api';
import { defaultDataSpec } from '../experiment/defaults';
import type { Problem } from '../problem';
import { repeatedRows } from './repeated-rows';
import { tableOf } from './testing/table-of';

const base = defaultDataSpec({ files: [], testFiles: [] });
const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const wave = (n: number): number => Math.round(1000 * Math.sin(n)) / 10;

async function load(header: string, rows: readonly (readonly (string | number)[])[]): Promise<LoadedData> {
  const text = [header, ...rows.map((row) => row.join(','))].join('\n');
  const loaded = await loadData(base, [new File([text], 'data.csv')], []);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  return loaded.value;
}

function ready(loaded: LoadedData, spec: Partial<DataSpec> = {}): PreparedData {
  const prepared = prepare(loaded, { ...base, ...spec });
  if (!prepared.ok) throw new Error(prepared.problems[0]!.message);
  return prepared.value;
}

const refused = (loaded: LoadedData, spec: Partial<DataSpec>): Problem => {
  const prepared = prepare(loaded, { ...base, ...spec });
  if (prepared.ok) throw new Error('expected a problem');
  return prepared.problems[0]!;
};
const warning = ({ summary }: PreparedData, code: string): Problem | undefined =>
  summary.warnings.find((each) => each.code === code);

/** 100 rows, `a` nine times as often as `b`. */
const uneven = (): Promise<LoadedData> =>
  load(
    'x,label',
    range(100).map((n) => [wave(n), n % 10 === 0 ? 'b' : 'a']),
  );

describe('class weights', () => {
  test('balanced: m / (K · m_k), of the training part only, with mean 1', async () => {
    const prepared = ready(await uneven());
    const { weights, y, count } = prepared.examples('train', 1, 'float64', 'balanced')!;
    expect(count).toBe(70);
    expect([...weights!].reduce((sum, weight) => sum + weight, 0) / count).toBeCloseTo(1, 12);
    weights!.forEach((weight, n) => expect(weight).toBeCloseTo(y[n] === 1 ? 70 / (2 * 7) : 70 / (2 * 63), 12));
    expect(prepared.examples('dev', 1, 'float64', 'balanced')!.weights).toBeUndefined();
    expect(prepared.examples('train', 1, 'float64', 'none')!.weights).toBeUndefined();
  });

  test('of a regression there are none', async () => {
    const prepared = ready(
      await load(
        'x,price',
        range(100).map((n) => [wave(n), n * 1.5]),
      ),
    );
    expect(prepared.examples('train', 1, 'float64', 'balanced')!.weights).toBeUndefined();
  });
});

describe('single examples', () => {
  test('that are taken out take no part, and are counted', async () => {
    const prepared = ready(await uneven(), { excluded: [0, 10, 99] });
    expect(prepared.summary).toMatchObject({ rows: 100, usedRows: 97, excluded: 3, classCounts: [89, 8] });
  });

  test('have the target that the document gives them', async () => {
    const prepared = ready(await uneven(), { relabelled: { '1': 'b', '2': 'b' } });
    expect(prepared.summary).toMatchObject({ relabelled: 2, classCounts: [88, 12] });
  });

  test('without a target of their own may be given one', async () => {
    const loaded = await load(
      'x,label',
      range(40).map((n) => [wave(n), n === 5 ? '' : 'ab'[n % 2]!]),
    );
    expect(ready(loaded).summary.usedRows).toBe(39);
    expect(ready(loaded, { relabelled: { '5': 'a' } }).summary.usedRows).toBe(40);
  });

  test('a target that is no class, or no number, is refused with its place', async () => {
    expect(refused(await uneven(), { relabelled: { '3': 'bb' } })).toMatchObject({
      code: 'data/relabelled',
      path: 'data.relabelled["3"]',
      hint: 'Did you mean "b"?',
    });
    const regression = await load(
      'x,price',
      range(50).map((n) => [wave(n), n * 1.5]),
    );
    expect(refused(regression, { relabelled: { '3': 'cheap' } }).message).toMatch(/a number/);
  });

  test('that are not there are warned of, and nothing left is refused', async () => {
    const prepared = ready(await uneven(), { excluded: [500], relabelled: { '600': 'a' } });
    expect(prepared.summary.warnings.filter(({ code }) => code === 'data/no-such-example')).toHaveLength(2);
    expect(refused(await uneven(), { excluded: range(100) })).toMatchObject({ path: 'data.excluded' });
  });
});

describe('warnings', () => {
  test('of repeated rows: how many, with an example, and whether a score flatters', async () => {
    const rows = range(60).map((n) => [(n * 37) % 101, 'ab'[n % 2]!]);
    const order = { ...base.split, method: 'order' } as const;
    expect(warning(ready(await load('x,label', rows)), 'data/duplicates')).toBeUndefined();
    const within = ready(await load('x,label', [...rows.slice(0, 1), ...rows]), { split: order });
    expect(warning(within, 'data/duplicates')!.message).toMatch(/^1 row of .* row 2 and row 1/);
    const across = ready(await load('x,label', [...rows, ...rows.slice(0, 4)]), { split: order });
    expect(warning(across, 'data/duplicates-across-parts')!.message).toMatch(/^4 rows of dev and test stand/);
  });

  test('of classes that are far apart, with what always saying one is worth', async () => {
    const found = warning(ready(await uneven()), 'data/imbalance')!;
    expect(found.message).toMatch(/^90 % .* label = a/);
    expect(found.path).toBe('training.classWeights');
    const even = await load(
      'x,label',
      range(100).map((n) => [wave(n), 'ab'[n % 2]!]),
    );
    expect(warning(ready(even), 'data/imbalance')).toBeUndefined();
  });

  test('of a class that a part lacks', async () => {
    const rows = range(100).map((n) => [wave(n), n === 99 ? 'c' : 'ab'[n % 2]!]);
    const order = { ...base.split, method: 'order' } as const;
    const found = ready(await load('x,label', rows), { split: order });
    expect(warning(found, 'data/class-not-in-training')!.message).toMatch(/no example of c/);
    const kept = ready(await load('x,label', rows));
    expect(warning(kept, 'data/class-not-in-part')!.message).toMatch(/(dev|test) part has no example of c/);
  });

  test('each says what to do', async () => {
    const rows = range(100).map((n) => [
      n,
      wave(n),
      n % 10 === 0 ? 1 : 0,
      n % 10 === 0 ? 'yes' : 'no',
      7,
      n % 10 === 0 ? 'b' : 'a',
    ]);
    const { summary } = ready(await load('id,x,twin,answer,same,label', [...rows, ...rows.slice(0, 3)]));
    for (const { message, hint } of summary.warnings)
      expect([message.length, hint.length].every((n) => n > 10)).toBe(true);
    const out = summary.columns.filter(({ role }) => role === 'ignore').map(({ name }) => name);
    expect(out).toEqual(expect.arrayContaining(['twin', 'answer', 'same']));
  });
});

test('a million rows are searched for repeated ones in a few seconds', () => {
  const rows = 1_000_000;
  const table = tableOf({ a: range(rows).map((n) => n % 1000), b: range(rows).map((n) => (n * 7919) % 999_983) });
  const started = performance.now();
  const firsts = repeatedRows(table, table.columns);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(firsts.filter((first, row) => first !== row).length).toBe(
    rows - new Set(range(rows).map((n) => (n % 1000) * 1e7 + ((n * 7919) % 999_983))).size,
  );
}, 60_000);
