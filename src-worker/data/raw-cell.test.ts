import { describe, expect, test } from 'vitest';
import { loadData, prepare } from '.';
import { defaultDataSpec } from '../experiment/defaults';
import { encodeRows } from '../inference';
import { categoryFinder, numberIn } from './raw-cell';

describe('numberIn', () => {
  test.each([
    [3, 3],
    ['3.5', 3.5],
    [' 3,5 ', 3.5],
    [null, null],
    ['', null],
    ['NA', null],
    [NaN, null],
    ['many', NaN],
  ])('%j is %j', (cell, value) => expect(numberIn(cell)).toEqual(value));
});

test('a category is found as it is written or as the same number', () => {
  const find = categoryFinder(['1', '2', 'many', '__proto__']);
  expect(['1', ' 2 ', '2.0', 2, 'many', '__proto__'].map(find)).toEqual([0, 1, 1, 1, 2, 3]);
  expect(['3', 'constructor', '', 'NA', null, NaN].map(find)).toEqual([-1, -1, -1, -1, -1, -1]);
});

test('a row asked for later gives the inputs that it gave in training', async () => {
  const kinds = ['red', 'green', '', '__proto__'];
  const lines = Array.from(
    { length: 50 },
    (_, n) => `${n % 9 === 4 ? '?' : `${n},25`};${kinds[n % 4]};${n % 2 === 0 ? 'a' : 'b'}`,
  );
  const defaults = defaultDataSpec({ files: [], testFiles: [] });
  const spec = { ...defaults, split: { ...defaults.split, train: 1, dev: 0, test: 0, stratify: false } };
  const loaded = await loadData(spec, [new File([`size;kind;label\n${lines.join('\n')}\n`], 'table.csv')], []);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  const prepared = prepare(loaded.value, spec);
  if (!prepared.ok) throw new Error(prepared.problems[0]!.message);
  const rows = lines.map((line) => {
    const [size, kind] = line.split(';');
    return { size: size!, kind: kind! };
  });
  expect(encodeRows(prepared.value.preprocessing, rows)).toEqual(prepared.value.examples('train', 1, 'float64')!.x);
});
