import { describe, expect, test } from 'vitest';
import { loadData, prepare, type PreparedData } from '.';
import { defaultDataSpec } from '../experiment/defaults';
import { arrayKey, divideByRole, roleOfFile } from '../experiment/file-roles';
import type { Outcome, Problem } from '../problem';
import { npyBytes } from './testing/npy';
import { zip } from './testing/zip';

const spec = defaultDataSpec({ files: [], testFiles: [] });
const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

async function outcomeOf(files: readonly File[], tests: readonly File[] = []): Promise<Outcome<PreparedData>> {
  const loaded = await loadData(spec, files, tests);
  return loaded.ok ? prepare(loaded.value, spec) : loaded;
}

async function preparedFrom(files: readonly File[], tests: readonly File[] = []): Promise<PreparedData> {
  const outcome = await outcomeOf(files, tests);
  if (!outcome.ok) throw new Error(outcome.problems[0]!.message);
  return outcome.value;
}

async function problemOf(files: readonly File[], tests: readonly File[] = []): Promise<Problem> {
  const outcome = await outcomeOf(files, tests);
  if (outcome.ok) throw new Error('expected a problem');
  return outcome.problems[0]!;
}

const bytesArray = (shape: readonly number[], valueAt: (n: number) => number): Uint8Array<ArrayBuffer> =>
  npyBytes("'|u1'", shape, range(shape.reduce((a, b) => a * b, 1)).map(valueAt));
const npyFile = (name: string, bytes: Uint8Array<ArrayBuffer>): File => new File([bytes], name);
const npz = (arrays: Readonly<Record<string, Uint8Array>>, name = 'data.npz'): File =>
  new File([zip(Object.entries(arrays).map(([key, content]) => ({ name: `${key}.npy`, content })))], name);
const labels = (count: number): Uint8Array<ArrayBuffer> => bytesArray([count], (n) => n % 2);
const codes = ({ summary }: PreparedData): string[] => summary.warnings.map(({ code }) => code);

describe('arrays', () => {
  test('an archive as Keras publishes MNIST: images, labels and their test part', async () => {
    const file = npz({
      x_test: bytesArray([4, 2, 3], (n) => n),
      x_train: bytesArray([20, 2, 3], (n) => n),
      y_train: labels(20),
      y_test: labels(4),
    });
    const prepared = await preparedFrom([file]);
    expect(prepared.summary).toMatchObject({
      kind: 'images',
      inputShape: [1, 2, 3],
      classes: ['0', '1'],
      parts: { train: 17, dev: 3, test: 4 },
    });
    expect([...prepared.examples('test', 1)!.y]).toEqual([0, 1, 0, 1]);
    const asTest = await preparedFrom([file], [file]);
    expect(asTest.summary.parts.test).toBe(4);
  });

  test('train, validation and test in one archive: the validation part is named as left out', async () => {
    const part = (count: number) => bytesArray([count, 2, 2, 3], (n) => n % 250);
    const prepared = await preparedFrom([
      npz({
        train_images: part(20),
        val_images: part(4),
        test_images: part(6),
        train_labels: bytesArray([20, 1], (n) => n % 3),
        val_labels: bytesArray([4, 1], (n) => n % 3),
        test_labels: bytesArray([6, 1], (n) => n % 3),
      }),
    ]);
    expect(prepared.summary).toMatchObject({ inputShape: [3, 2, 2], parts: { train: 17, dev: 3, test: 6 } });
    expect(codes(prepared)).toContain('data/part-not-used');
  });

  test('channels last become channels first, each pixel where it belongs', async () => {
    const last = bytesArray([10, 1, 2, 3], (n) => n);
    const first = bytesArray([10, 3, 4, 5], (n) => n % 251);
    const pixels = async (array: Uint8Array<ArrayBuffer>) =>
      (await preparedFrom([npyFile('x.npy', array), npyFile('y.npy', labels(10))])).summary.images[1]!.pixels;
    expect([...(await pixels(last))]).toEqual([6, 9, 7, 10, 8, 11]);
    expect([...(await pixels(first))]).toEqual(range(60).map((n) => (60 + n) % 251));
  });

  test('one-hot labels and labels in words', async () => {
    const images = npyFile(
      'images.npy',
      bytesArray([12, 2, 2], (n) => n),
    );
    const oneHot = npyFile(
      'labels.npy',
      bytesArray([12, 3], (n) => Number(Math.floor(n / 3) % 3 === n % 3)),
    );
    expect((await preparedFrom([images, oneHot])).summary).toMatchObject({
      classes: ['0', '1', '2'],
      classCounts: [4, 4, 4],
    });
    const words = npyFile(
      'labels.npy',
      npyBytes(
        "'|S3'",
        [12],
        range(12).flatMap((n) => [...(n % 2 ? 'cat' : 'dog')].map((c) => c.charCodeAt(0))),
      ),
    );
    const prepared = await preparedFrom([images, words]);
    expect(prepared.summary).toMatchObject({ classes: ['cat', 'dog'] });
    expect(prepared.summary.images[0]!.label).toBe('dog');
  });

  test('test labels in words are matched by word', async () => {
    const word = (texts: readonly string[]) =>
      npyFile(
        'y.npy',
        npyBytes(
          "'|S1'",
          [texts.length],
          texts.map((text) => text.charCodeAt(0)),
        ),
      );
    const images = (count: number) =>
      npyFile(
        'x.npy',
        bytesArray([count, 1, 2], (n) => n),
      );
    const main = range(10).map((n) => 'bc'[n % 2]!);
    const prepared = await preparedFrom([images(10), word(main)], [images(3), word(['c', 'b', 'a'])]);
    expect(prepared.summary.classes).toEqual(['b', 'c', 'a']);
    expect([...prepared.examples('test', 3)!.y]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]);
    expect(await problemOf([images(10), word(main)], [images(4), npyFile('y.npy', labels(4))])).toMatchObject({
      code: 'data/test-labels',
    });
  });

  test('X and y side by side are a table, whichever came first', async () => {
    const X = npyFile(
      'X.npy',
      bytesArray([30, 2], (n) => (n * 7) % 60),
    );
    const y = npyFile('y.npy', labels(30));
    for (const files of [
      [X, y],
      [y, X],
    ]) {
      const { summary } = await preparedFrom(files);
      expect(summary).toMatchObject({ target: 'y', featureNames: ['X 1', 'X 2'], rows: 30 });
      expect(summary.preview[1]).toEqual(['14', '21', '1']);
    }
  });

  test('the parts of an archive have the same columns', async () => {
    const part = (count: number) => bytesArray([count, 2], (n) => (n * 7) % 60);
    const file = npz({ X_train: part(30), y_train: labels(30), X_test: part(10), y_test: labels(10) });
    expect((await preparedFrom([file])).summary).toMatchObject({ target: 'y', parts: { test: 10 } });
  });

  test('one matrix alone', async () => {
    const { summary } = await preparedFrom([
      npyFile(
        'm.npy',
        bytesArray([30, 3], (n) => (n % 3 === 2 ? n % 2 : n)),
      ),
    ]);
    expect(summary).toMatchObject({ title: 'm.npy', target: 'column 3', rows: 30 });
  });

  test.each([
    [
      'of different lengths',
      [npyFile('X.npy', bytesArray([3, 2], Number)), npyFile('y.npy', labels(4))],
      'array/lengths',
      'y.npy has 4',
    ],
    [
      'of one number',
      [
        npyFile(
          'n.npy',
          bytesArray([], () => 1),
        ),
      ],
      'array/no-rows',
      'single number',
    ],
    [
      'images without labels',
      [npyFile('x.npy', bytesArray([3, 2, 2], Number))],
      'idx/images-without-labels',
      '3 images',
    ],
    [
      'too many axes',
      [npyFile('x.npy', bytesArray([1, 1, 1, 1, 1], Number)), npyFile('y.npy', labels(1))],
      'idx/rank',
      '1 × 1 × 1',
    ],
    [
      'no axis of channels',
      [npyFile('x.npy', bytesArray([2, 5, 5, 5], Number)), npyFile('y.npy', labels(2))],
      'array/channels',
      '1 to 4',
    ],
    [
      'labels of two ones',
      [
        npyFile('x.npy', bytesArray([2, 2, 2], Number)),
        npyFile(
          'y.npy',
          bytesArray([2, 2], () => 1),
        ),
      ],
      'array/not-one-hot',
      'row 1',
    ],
    [
      'a table beside an array',
      [new File(['a,b\n1,2\n'], 't.csv'), npyFile('y.npy', labels(2))],
      'data/mixed-files',
      't.csv, y.npy',
    ],
  ])('refused: %s', async (_, files, code, words) => {
    const problem = await problemOf(files);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
  });
});

describe('tables', () => {
  const csv = (name: string, header: string, rows: readonly string[]): File =>
    new File([[header, ...rows].join('\n')], name);
  const first = csv(
    'a.csv',
    'x,kind,label',
    range(20).map((n) => `${n}.5,${'rg'[n % 2]!},${'ab'[n % 2]!}`),
  );
  const second = csv(
    'b.csv',
    'label,x,kind',
    range(10).map((n) => `${'ab'[n % 2]!},${n + 100}.5,blue`),
  );

  test('are joined row by row, whatever the order of their columns', async () => {
    const { summary } = await preparedFrom([first, second]);
    expect(summary).toMatchObject({ title: 'a.csv and 1 more', rows: 30, target: 'label', classCounts: [15, 15] });
    expect(summary.columns[0]).toMatchObject({ name: 'x', numeric: { min: 0.5, max: 109.5 } });
    expect(summary.columns[1]!.categories).toEqual([
      { value: 'blue', count: 10 },
      { value: 'g', count: 10 },
      { value: 'r', count: 10 },
    ]);
    expect(summary.preview[20]).toEqual(['100.5', 'blue', 'a']);
  });

  test('give the same as one file of all rows', async () => {
    const rows = range(60).map((n) => `${(n * 37) % 101},${n % 7 === 0 ? '' : n % 3},${'abc'[n % 3]!}`);
    const parts = [rows.slice(0, 25), rows.slice(25, 26), rows.slice(26)];
    const joined = await preparedFrom(parts.map((part, index) => csv(`${index}.csv`, 'x,k,label', part)));
    const whole = await preparedFrom([csv('0.csv', 'x,k,label', rows)]);
    expect(joined.preprocessing).toEqual(whole.preprocessing);
    expect(joined.examples('train', 3)).toEqual(whole.examples('train', 3));
    const named = { title: '', warnings: [] };
    expect({ ...joined.summary, ...named }).toEqual({ ...whole.summary, ...named });
    expect(codes(joined)).toEqual(codes(whole));
  });

  test('of an archive likewise, its test part apart, and the rest named', async () => {
    const text = (rows: readonly number[]) => ['x,label', ...rows.map((n) => `${n}.5,${'ab'[n % 2]!}`)].join('\n');
    const file = new File(
      [
        zip([
          { name: 'set/README.md', content: 'What this is' },
          { name: '__MACOSX/set/._train.csv', content: 'x' },
          { name: 'set/train.csv', content: text(range(20)) },
          { name: 'set/test.csv', content: text(range(6)) },
        ]),
      ],
      'set.zip',
    );
    const prepared = await preparedFrom([file]);
    expect(prepared.summary).toMatchObject({ rows: 26, parts: { test: 6 } });
    expect(prepared.summary.warnings[0]).toMatchObject({ code: 'bundle/left-out' });
    expect(prepared.summary.warnings[0]!.message).toContain('set/README.md');
  });

  test('of other columns are refused, and both sides named', async () => {
    const problem = await problemOf([first, csv('c.csv', 'x,label,size', ['1,a,2'])]);
    expect(problem).toMatchObject({ code: 'data/columns-differ', file: 'c.csv' });
    expect(problem.message).toBe(
      'c.csv lacks "kind" and has "size" in addition, compared with a.csv, so their rows cannot be joined.',
    );
    expect(problem.hint).toBe('Give files with the same columns, or one of them alone.');
  });

  test('of inputs and targets are refused, and how to join them is said', async () => {
    const problem = await problemOf([csv('X.csv', 'a,b', ['1,2', '3,4']), csv('y.csv', 'target', ['1', '0'])]);
    expect(problem).toMatchObject({ code: 'data/columns-differ', file: 'y.csv' });
    expect(problem.hint).toContain('put their columns side by side into one file');
  });
});

describe('archives', () => {
  test.each([
    ['without data', zip([{ name: '.DS_Store', content: 'x' }]), 'bundle/no-data'],
    ['in an archive', zip([{ name: 'inner.npz', content: zip([{ name: 'a.npy', content: 'x' }]) }]), 'zip/nested'],
    ['with a damaged table', zip([{ name: 'a.csv', content: 'a,b\n1\n' }]), 'csv/ragged-row'],
  ])('%s', async (_, bytes, code) => {
    const problem = await problemOf([new File([bytes], 'a.zip')]);
    expect(problem.code).toBe(code);
    expect(problem.file).toMatch(/^a\.zip/);
  });
});

test('names say what files are for', () => {
  const roles = ['x_train.npy', 'X.npy', 't10k-images', 'a/test/x.csv', 'y_val.npy', 'contest.csv', 'test-set.csv'];
  expect(roles.map(roleOfFile)).toEqual(['train', 'train', 'test', 'test', 'validation', 'train', 'test']);
  const names = ['a.npz/x_train.npy', 'train_images.npy', 'X.npy', 'train.npy', 'test_y.npy.gz', 'y-test'];
  expect(names.map(arrayKey)).toEqual(['x', 'images', 'X', 'train', 'y', 'y']);
});

test.each([
  [['train.csv', 'test.csv'], ['train.csv'], ['test.csv']],
  [['a.csv', 'val.csv'], ['a.csv'], ['val.csv']],
  [['a.csv', 'val.csv', 'test.csv'], ['a.csv', 'val.csv'], ['test.csv']],
  [['test.csv'], ['test.csv'], []],
])('%j divide by their names', (names, main, tests) => {
  expect(divideByRole(names, String)).toEqual({ main, test: tests });
});
