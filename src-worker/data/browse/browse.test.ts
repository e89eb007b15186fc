import { describe, expect, test } from 'vitest';
import { defaultDataSpec } from '../../experiment/defaults';
import type { DataSpec } from '../../experiment/document';
import type { LoadedImages, LoadedTable } from '../loaded';
import { prepareImages } from '../prepare-images';
import { prepareTable } from '../prepare-table';
import { tableOf } from '../testing/table-of';
import type { DataBrowser, RowOrder, RowsRequest } from './browse-types';

const plainOrder: RowOrder = { show: 'all', filter: '', sort: null };
const request: RowsRequest = {
  as: 'raw',
  order: plainOrder,
  from: 0,
  count: 100,
  columns: { from: 0, count: 100 },
};

const cells = {
  size: ['3', '1.50', 'NA', '2', '10', '7', '8', '9'],
  town: ['Rome', 'Oslo', 'Rome', '', 'Bonn 9', 'Bonn 10', 'oslo', 'Rome'],
  kind: ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'],
};

function loaded(more: Partial<LoadedTable> = {}): LoadedTable {
  const table = tableOf(cells);
  return { kind: 'table', title: table.name, table, testTable: null, workbook: null, warnings: [], ...more };
}

function browse(change: Partial<DataSpec> = {}, more: Partial<LoadedTable> = {}): DataBrowser {
  const spec = { ...defaultDataSpec({ files: ['data.csv'], testFiles: [] }), ...change };
  return prepareTable(loaded(more), spec).browser();
}

const placesOf = (browser: DataBrowser, order: Partial<RowOrder>): number[] =>
  browser.rows({ ...request, order: { ...plainOrder, ...order } }, null).rows.map(({ place }) => place);

test('copies are named, but for the one of each kind that stays in the training part', () => {
  const table = tableOf({
    size: ['1', '2', '1', '3', '2', '1', '4', '5'],
    kind: ['a', 'b', 'a', 'b', 'b', 'a', 'a', 'b'],
  });
  const all = { train: 1, dev: 0, test: 0 };
  const split = { ...defaultDataSpec({ files: ['data.csv'], testFiles: [] }).split, ...all };
  const { copies } = browse({ split }, { table }).overview();
  expect(copies).toHaveLength(3);
  expect(copies.filter((place) => [0, 2, 5].includes(place))).toHaveLength(2);
  expect(copies.filter((place) => [1, 4].includes(place))).toHaveLength(1);
  const left = browse({ split, excluded: copies }, { table });
  expect(left.overview().copies).toEqual([]);
  expect(
    prepareTable(loaded({ table }), {
      ...defaultDataSpec({ files: ['data.csv'], testFiles: [] }),
      split,
      excluded: copies,
    }).summary.warnings.map(({ code }) => code),
  ).not.toContain('data/duplicates');
  expect(browse().overview().copies).toEqual([]);
});

describe('rows', () => {
  test('are the cells as they were read, with holes as holes', () => {
    const { matching, rows } = browse().rows(request, null);
    expect(matching).toBe(8);
    expect(rows.map(({ cells: own }) => own[0])).toEqual(['3', '1.50', null, '2', '10', '7', '8', '9']);
    expect(rows[3]!.cells).toEqual(['2', null, 'b']);
  });

  test('come in windows of rows and of columns', () => {
    const { matching, rows } = browse().rows({ ...request, from: 6, count: 5, columns: { from: 1, count: 1 } }, null);
    expect(matching).toBe(8);
    expect(rows.map(({ place, cells: own }) => [place, ...own])).toEqual([
      [6, 'oslo'],
      [7, 'Rome'],
    ]);
  });

  test('sort by number and by text, holes last', () => {
    const browser = browse();
    expect(placesOf(browser, { sort: { column: 'size', descending: false } })).toEqual([1, 3, 0, 5, 6, 7, 4, 2]);
    expect(placesOf(browser, { sort: { column: 'size', descending: true } })).toEqual([4, 7, 6, 5, 0, 3, 1, 2]);
    expect(placesOf(browser, { sort: { column: 'town', descending: false } }).slice(0, 2)).toEqual([4, 5]);
    expect(placesOf(browser, { sort: { column: 'town', descending: false } }).at(-1)).toBe(3);
  });

  test.each([
    ['oslo', [1, 6]],
    ['rome a', [0, 2]],
    ['size>=8', [4, 6, 7]],
    ['size>7 kind=b', [7]],
    ['size=1.5', [1]],
    ['"size" = ""', [2]],
    ['town=na', [3]],
    ['town!=Rome', [1, 3, 4, 5, 6]],
    ['town:bonn', [4, 5]],
    ['town="Bonn 9"', [4]],
    ['"bonn 1"', [5]],
    ['colour=red', []],
    ['size<x', []],
    ['  ', [0, 1, 2, 3, 4, 5, 6, 7]],
  ])('the filter %j finds rows %j', (filter, expected) => {
    expect(placesOf(browse(), { filter })).toEqual(expected);
  });

  test('tell their part, and those taken out that they have none', () => {
    const browser = browse({ excluded: [1, 4] });
    const { rows } = browser.rows(request, null);
    expect(rows[1]!.part).toBeNull();
    expect(rows.filter(({ part }) => part === null).map(({ place }) => place)).toEqual([1, 4]);
    expect(placesOf(browser, { show: 'left-out' })).toEqual([1, 4]);
    expect(placesOf(browser, { show: 'train' }).length + placesOf(browser, { show: 'dev' }).length).toBeLessThan(7);
    const relabelled = browse({ relabelled: { 5: 'a' } });
    expect(placesOf(relabelled, { show: 'relabelled' })).toEqual([5]);
    expect(
      relabelled
        .rows(request, null)
        .rows.map(({ target }) => target)
        .slice(4),
    ).toEqual(['a', 'a', 'a', 'b']);
  });

  test('say where a row is in an order that holds it', () => {
    const browser = browse();
    const order = { ...plainOrder, sort: { column: 'size', descending: false } };
    expect(browser.rows({ ...request, order, find: 4 }, null).found).toBe(6);
    expect(browser.rows({ ...request, find: 4 }, null).found).toBe(4);
    expect(browser.rows({ ...request, find: 8 }, null).found).toBeNull();
    expect(browser.rows({ ...request, order: { ...order, filter: 'oslo' }, find: 4 }, null).found).toBeNull();
  });

  test('as the network sees them are the examples that it trains on', () => {
    const spec = { ...defaultDataSpec({ files: ['data.csv'], testFiles: [] }), relabelled: { 0: 'b' } };
    const prepared = prepareTable(loaded(), spec);
    const browser = prepared.browser();
    const { inputs, targets } = browser.overview();
    expect(targets).toEqual(['kind = b']);
    for (const part of ['train', 'dev', 'test'] as const) {
      const examples = prepared.examples(part, 1);
      const { rows } = browser.rows({ ...request, as: 'inputs', order: { ...plainOrder, show: part } }, null);
      expect(rows.length).toBe(examples?.count ?? 0);
      rows.forEach(({ numbers }, n) => {
        const own = Array.from(numbers!);
        expect(own.slice(0, inputs.length)).toEqual(
          Array.from((examples!.x as Float32Array).slice(n * inputs.length, (n + 1) * inputs.length)),
        );
        expect(own.slice(inputs.length)).toEqual([examples!.y[n]]);
      });
    }
  });

  test('of a test file follow behind, whatever the order of its columns', () => {
    const testTable = tableOf({ kind: ['b', 'a'], size: ['4', ''], town: ['Rome', 'Oslo'] }, 'test.csv');
    const browser = browse({}, { testTable });
    const { matching, rows } = browser.rows({ ...request, from: 8 }, null);
    expect(matching).toBe(10);
    expect(rows.map(({ place, own, part, cells: [size] }) => [place, own, part, size])).toEqual([
      [8, false, 'test', '4'],
      [9, false, 'test', null],
    ]);
    expect(placesOf(browser, { filter: 'size=4' })).toEqual([8]);
    expect(placesOf(browser, { sort: { column: 'size', descending: false } }).slice(0, 4)).toEqual([1, 3, 0, 8]);
  });

  test('carry the answers of a network, asked with the inputs that it would get', () => {
    const browser = browse();
    const asked: number[] = [];
    const { rows } = browser.rows(request, (x, count) => {
      asked.push(x.length, count);
      return Array.from({ length: count }, (_, n) => `answer ${n}`);
    });
    expect(asked).toEqual([8 * browser.overview().inputs.length, 8]);
    expect(rows[2]!.answer).toBe('answer 2');
  });
});

test('numbers that were drawn here are cut to six figures, numbers of a file never', () => {
  const table = tableOf({ x: ['0.12345678901', '1', '2', '3'], kind: ['a', 'b', 'a', 'b'] });
  const first = (generated: boolean): unknown => browse({}, { table, generated }).rows(request, null).rows[0]!.cells[0];
  expect(first(false)).toBe('0.12345678901');
  expect(first(true)).toBe('0.123457');
});

test('the overview spreads numbers over bins and counts values, and classes by part', () => {
  const { columns, classCounts, total, own } = browse().overview();
  const [size, town] = columns;
  expect(size!.distribution).toMatchObject({ kind: 'histogram', min: 1.5, max: 10 });
  expect(town!.distribution).toMatchObject({ kind: 'categories', others: 0 });
  const { distribution } = town!;
  if (distribution?.kind !== 'categories') throw new Error('town is a category');
  expect(distribution.values[0]).toEqual({ value: 'Rome', count: 3 });
  const counts = Object.values(classCounts).map((count) => [...count]);
  expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(8);
  expect([total, own]).toEqual([8, 8]);
});

describe('scatter', () => {
  test('draws what has both values, with place, part and target', () => {
    const { x, y, place, target, of, yAxis } = browse().scatter({ x: 'size', y: 'town' });
    expect([...place]).toEqual([0, 1, 4, 5, 6, 7]);
    expect([...x]).toEqual([3, 1.5, 10, 7, 8, 9]);
    expect(yAxis.kind).toBe('category');
    expect(Array.from(y, (index) => yAxis.names[index])).toEqual(['Rome', 'Oslo', 'Bonn 9', 'Bonn 10', 'oslo', 'Rome']);
    expect([...target]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(of).toBe(6);
  });

  test('refuses an axis that nobody could read', () => {
    expect(() => browse().scatter({ x: 'colour', y: 'size' })).toThrow(/colour is no column/);
  });

  test('draws 5,000 of more, from the first to the last', () => {
    const numbers = Array.from({ length: 12_000 }, (_, n) => n / 7);
    const table = tableOf({
      x: numbers,
      z: numbers.map((n) => -n * n),
      kind: numbers.map((_, n) => (n % 2 ? 'a' : 'b')),
    });
    const { place, of } = browse({}, { table }).scatter({ x: 'x', y: 'z' });
    expect(of).toBe(12_000);
    expect(place.length).toBe(5_000);
    expect(place[0]).toBe(0);
    expect(place.at(-1)).toBeGreaterThan(11_990);
  });
});

describe('images', () => {
  const images = {
    file: 'images.idx',
    labelFile: 'labels.idx',
    count: 6,
    channels: 1,
    height: 1,
    width: 2,
    pixels: Uint8Array.from({ length: 12 }, (_, n) => n),
    labels: Int32Array.of(7, 3, 7, 3, 7, 3),
    classNames: null,
  };
  const of = (change: Partial<DataSpec>): DataBrowser => {
    const data: LoadedImages = { kind: 'images', title: 'images', images, testImages: null, warnings: [] };
    return prepareImages(data, { ...defaultDataSpec({ files: [], testFiles: [] }), ...change }).browser();
  };
  const all = { show: 'all', class: null, order: 'place', from: 0, count: 10 } as const;

  test('come one by one, of one class, or class by class', () => {
    const browser = of({});
    expect(browser.images(all).images.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(browser.images({ ...all, class: 1 }).images.map(({ place }) => place)).toEqual([0, 2, 4]);
    const byClass = browser.images({ ...all, order: 'class', from: 2, count: 2, find: 4 });
    expect(byClass.images.map(({ place, pixels }) => [place, ...pixels])).toEqual([
      [5, 10, 11],
      [0, 0, 1],
    ]);
    expect(byClass.found).toBe(5);
  });

  test('count as the class that they were given, and remember the file’s', () => {
    const browser = of({ relabelled: { 0: '3' }, excluded: [1] });
    const [first, second] = browser.images(all).images;
    expect([first!.labelled, first!.class]).toEqual([1, 0]);
    expect(second!.part).toBeNull();
    expect(browser.images({ ...all, show: 'relabelled' }).images.map(({ place }) => place)).toEqual([0]);
    expect(browser.images({ ...all, show: 'left-out' }).images.map(({ place }) => place)).toEqual([1]);
  });
});
