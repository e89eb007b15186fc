import { gzip } from 'pako';
import { describe, expect, test } from 'vitest';
import { loadData, prepare, type LoadedData, type PreparedData } from '.';
import type { DataSpec } from '../api';
import type { SampleKind } from '../experiment/document';
import type { ByteImages } from '../engine';
import { defaultDataSpec } from '../experiment/defaults';
import type { Problem } from '../problem';
import { samples, type ImageSample, type PlaneSample, type SampleDefinition, type TableSample } from './samples';

const spec = (files: readonly string[] = [], testFiles: readonly string[] = []): DataSpec =>
  defaultDataSpec({ files, testFiles });

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

function idx(type: number, shape: readonly number[], data: readonly number[]): Uint8Array<ArrayBuffer> {
  const sizes = shape.flatMap((size) => [0, 0, size >> 8, size & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...data]);
}

/** Images of 2 × 3 pixels: all pixels of image n are n, but the last, which is 255 − n. */
function imageFile(count: number, name = 'images-idx3-ubyte'): File {
  const pixels = range(count).flatMap((n) => [n, n, n, n, n, 255 - n]);
  return new File([idx(8, [count, 2, 3], pixels)], name);
}

function labelFile(labels: readonly number[], name = 'labels-idx1-ubyte'): File {
  return new File([idx(8, [labels.length], labels)], name);
}

function table(name: string): File {
  return new File(
    [
      `v,label\n${range(40)
        .map((n) => `${n}.5,${n % 2 === 0 ? 'a' : 'b'}`)
        .join('\n')}\n`,
    ],
    name,
  );
}

async function loadedFrom(
  data: DataSpec,
  files: readonly File[],
  testFiles: readonly File[] = [],
): Promise<LoadedData> {
  const loaded = await loadData(data, files, testFiles);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  return loaded.value;
}

async function preparedFrom(
  data: DataSpec,
  files: readonly File[],
  testFiles: readonly File[] = [],
): Promise<PreparedData> {
  const prepared = prepare(await loadedFrom(data, files, testFiles), data);
  if (!prepared.ok) throw new Error(prepared.problems[0]!.message);
  return prepared.value;
}

async function problemOf(data: DataSpec, files: readonly File[], testFiles: readonly File[] = []): Promise<Problem> {
  const loaded = await loadData(data, files, testFiles);
  const outcome = loaded.ok ? prepare(loaded.value, data) : loaded;
  if (outcome.ok) throw new Error('expected a problem');
  return outcome.problems[0]!;
}

describe('files and the document', () => {
  test('are matched by name', async () => {
    const files = [table('other.csv'), table('mine.csv')];
    expect((await loadedFrom(spec(['mine.csv']), files)).title).toBe('mine.csv');
  });

  test('a missing one is named, and so is what came instead', async () => {
    const problem = await problemOf(spec(['mine.csv']), [table('other.csv')]);
    expect(problem).toMatchObject({ code: 'data/missing-file', file: 'mine.csv', path: 'data.source.files' });
    expect(problem.message).toBe('mine.csv was not given, but other.csv.');
    expect(await problemOf(spec(['a.csv'], ['b.csv']), [table('a.csv')])).toMatchObject({
      path: 'data.source.testFiles',
    });
  });

  test.each([
    ['none', [], 'data/no-files'],
    ['two tables of other columns', [table('a.csv'), new File(['v,kind\n1,a\n'], 'b.csv')], 'data/columns-differ'],
    ['a table and images', [table('a.csv'), imageFile(4)], 'data/mixed-files'],
  ])('%s at all', async (_, files, code) => {
    expect((await problemOf(spec(), files)).code).toBe(code);
  });

  test('a test file of another kind', async () => {
    const images = [imageFile(4), labelFile([0, 1, 0, 1])];
    expect((await problemOf(spec(), [table('a.csv')], images)).code).toBe('data/test-kind');
    expect((await problemOf(spec(), images, [table('a.csv')])).code).toBe('data/test-kind');
  });

  test('one that has gone since it was dropped', async () => {
    const gone = new File(['a,b\n1,2\n'], 'gone.csv');
    Object.defineProperty(gone, 'stream', {
      value: () => new ReadableStream({ start: (controller) => controller.error(new Error('not found')) }),
    });
    expect(await problemOf(spec(), [gone])).toMatchObject({ code: 'file/unreadable', file: 'gone.csv' });
  });

  test('one that is too large is refused unread', async () => {
    const large = table('large.csv');
    Object.defineProperty(large, 'size', { value: 2 ** 30 + 1 });
    expect((await problemOf(spec(), [large])).code).toBe('file/too-large');
  });
});

describe('samples', () => {
  const definitions: readonly SampleDefinition[] = Object.values(samples);
  const small = (kind: SampleKind): DataSpec => defaultDataSpec({ sample: kind, examples: 120, noise: 0.1, seed: 3 });

  test.each(definitions.filter((sample): sample is PlaneSample => sample.form === 'plane'))(
    '$kind is a table like any other',
    async ({ kind, task, columns }) => {
      const spec = small(kind);
      const classes = task === 'multi-class' ? 3 : undefined;
      const { summary } = await preparedFrom({ ...spec, source: { ...spec.source, ...(classes && { classes }) } }, []);
      expect(summary).toMatchObject({
        kind: 'sample',
        rows: 120,
        usedRows: 120,
        task,
        target: columns.at(-1),
        warnings: [],
      });
      expect(summary.featureNames).toEqual(columns.slice(0, -1));
      expect(summary.points!.x).toHaveLength(120);
      expect(summary.preview).toHaveLength(50);
    },
  );

  test.each(definitions.filter((sample): sample is ImageSample => sample.form === 'images'))(
    '$kind is a set of images like any other',
    async ({ kind, task, shape, classNames }) => {
      const { summary, examples } = await preparedFrom(small(kind), []);
      expect(summary).toMatchObject({ kind: 'images', rows: 120, task, classes: classNames, warnings: [] });
      expect(summary.inputShape).toEqual(shape);
      const { count, x } = examples('train', task === 'binary' ? 1 : classNames.length)!;
      expect(count).toBe(summary.parts.train);
      expect((x as ByteImages).bytes).toHaveLength(count * shape.reduce((a, b) => a * b));
    },
  );

  test.each(definitions.filter((sample): sample is TableSample => sample.form === 'table'))(
    '$kind is some rows of a table, and noise moves its measurements only',
    async ({ kind, task, target }) => {
      const { summary } = await preparedFrom(small(kind), []);
      expect(summary).toMatchObject({ rows: 120, task, target });
      const pure = await preparedFrom({ ...small(kind), source: { ...small(kind).source, noise: 0 } } as DataSpec, []);
      const at = summary.columns.findIndex(({ name }) => name === target);
      expect(summary.preview.map((row) => row[at])).toEqual(pure.summary.preview.map((row) => row[at]));
      expect(summary.preview).not.toEqual(pure.summary.preview);
    },
  );

  test('are the same from the same seed', async () => {
    const source = { sample: 'flower', examples: 50, noise: 0.1, seed: 1 } as const;
    const [first, second] = [
      await preparedFrom(defaultDataSpec(source), []),
      await preparedFrom(defaultDataSpec(source), []),
    ];
    expect(first.examples('train', 1)).toEqual(second.examples('train', 1));
    const other = await preparedFrom(defaultDataSpec({ ...source, seed: 2 }), []);
    expect(other.summary.points).not.toEqual(first.summary.points);
  });
});

describe('images', () => {
  const labels = range(40).map((n) => [7, 3][n % 2]!);

  test.each([
    ['images first', [imageFile(40), labelFile(labels)]],
    ['labels first', [labelFile(labels), imageFile(40)]],
    ['under wrong names', [labelFile(labels, 'images.gz'), imageFile(40, 'labels.csv')]],
  ])('find their labels: %s', async (_, files) => {
    const { summary, preprocessing } = await preparedFrom(spec(), files);
    expect(summary).toMatchObject({
      kind: 'images',
      rows: 40,
      inputShape: [1, 2, 3],
      task: 'binary',
      classes: ['3', '7'],
      classCounts: [20, 20],
      parts: { train: 28, dev: 6, test: 6 },
    });
    expect(summary.images).toHaveLength(40);
    expect(summary.images[5]).toEqual({ pixels: Uint8Array.of(5, 5, 5, 5, 5, 250), label: '3' });
    expect(preprocessing.target).toMatchObject({ name: 'label', classes: ['3', '7'] });
  });

  test('stay bytes, with the scaling of the training part', async () => {
    const prepared = await preparedFrom(spec(), [imageFile(40), labelFile(labels)]);
    const { bytes, offset, scale } = prepared.examples('train', 1, 'float64')!.x as ByteImages;
    expect(bytes).toBeInstanceOf(Uint8Array);
    const scaled = [...bytes].map((byte) => (byte - offset[0]!) * scale[0]!);
    const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
    expect(mean).toBeCloseTo(0, 9);
    expect(scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / scaled.length).toBeCloseTo(1, 9);
    expect(prepared.preprocessing.pixels).toEqual({ offset: [...offset], scale: [...scale] });
  });

  test('keep image and label together through the split', async () => {
    const prepared = await preparedFrom(spec(), [imageFile(40), labelFile(labels)]);
    for (const part of ['train', 'dev', 'test'] as const) {
      const { x, y, count } = prepared.examples(part, 1)!;
      for (let n = 0; n < count; n++) expect(y[n]).toBe((x as ByteImages).bytes[6 * n]! % 2 === 0 ? 1 : 0);
    }
  });

  test('with test files: those are the test part, and change nothing that was learned', async () => {
    const main = [imageFile(40), labelFile(labels)];
    const tester = [imageFile(4, 't-images'), labelFile([3, 3, 7, 7], 't-labels')];
    const prepared = await preparedFrom(spec(), main, tester);
    expect(prepared.summary.parts).toEqual({ train: 34, dev: 6, test: 4 });
    expect([...prepared.examples('test', 1)!.y]).toEqual([0, 0, 1, 1]);
    const others = [imageFile(40, 't-images'), labelFile(labels.toReversed(), 't-labels')];
    expect((await preparedFrom(spec(), main, others)).preprocessing).toEqual(prepared.preprocessing);
  });

  test('of other element types are scaled as numbers', async () => {
    const floats = range(20).flatMap((n) => [0x3f, 0x80 + n, 0, 0]);
    const files = [new File([idx(13, [20, 1, 1], floats)], 'f'), labelFile(range(20).map((n) => n % 2))];
    const prepared = await preparedFrom(spec(), files);
    const x = prepared.examples('train', 1, 'float64')!.x as Float64Array;
    expect(x.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
    expect(prepared.summary.images[0]!.pixels).toBeInstanceOf(Uint8Array);
  });

  test('packed, with min-max scaling', async () => {
    const packed = new File([gzip(new Uint8Array(await imageFile(40).arrayBuffer()))], 'images.gz');
    const prepared = await preparedFrom({ ...spec(), scaling: 'min-max' }, [packed, labelFile(labels)]);
    const { offset, scale } = prepared.preprocessing.pixels!;
    expect(offset[0]).toBeLessThan(40);
    expect(scale[0]).toBeGreaterThan(1 / 256);
  });

  test.each([
    ['without labels', [imageFile(4)], 'idx/images-without-labels', 'probably labels-idx1-ubyte.'],
    ['only labels', [labelFile([0, 1])], 'idx/labels-without-images', 'probably images-idx3-ubyte.'],
    ['fewer labels', [imageFile(4), labelFile([0, 1, 0])], 'idx/count-mismatch', 'belongs'],
    [
      'two pairs at once',
      [imageFile(4), labelFile([0, 1, 0, 1]), imageFile(4, 'x')],
      'idx/too-many-files',
      'second pair',
    ],
    ['one label for all', [imageFile(4), labelFile([5, 5, 5, 5])], 'data/constant-target', 'belongs'],
    ['no images', [imageFile(0), labelFile([])], 'idx/no-images', 'again'],
    [
      'labels that are no classes',
      [imageFile(1), new File([idx(13, [1], [0x3f, 0xc0, 0, 0])], 'l')],
      'idx/labels-not-classes',
      '0, 1, 2',
    ],
    ['an array of another rank', [new File([idx(8, [1, 1, 1, 1, 1], [1])], 'idx5-ubyte')], 'idx/bad-magic', 'again'],
  ])('refused: %s', async (_, files, code, hint) => {
    const problem = await problemOf(spec(), files);
    expect(problem.code).toBe(code);
    expect(problem.hint).toContain(hint);
  });

  test('a wrong count names both numbers', async () => {
    const { message } = await problemOf(spec(), [imageFile(4), labelFile([0, 1, 0])]);
    expect(message).toBe('images-idx3-ubyte holds 4 images, but labels-idx1-ubyte 3 labels.');
  });

  test('test images of another size are refused', async () => {
    const other = new File([idx(8, [2, 1, 1], [1, 2])], 't-images');
    const problem = await problemOf(spec(), [imageFile(40), labelFile(labels)], [other, labelFile([3, 7], 't-labels')]);
    expect(problem.code).toBe('data/test-size');
  });

  test('a document that speaks of columns they do not have is told the path', async () => {
    const files = [imageFile(40), labelFile(labels)];
    const columns = { species: { role: 'target' } } as const;
    expect(await problemOf({ ...spec(), columns }, files)).toMatchObject({
      code: 'data/unknown-column',
      path: 'data.columns.species',
    });
    const asNumber = { label: { type: 'number' } } as const;
    expect((await problemOf({ ...spec(), columns: asNumber }, files)).code).toBe('data/label-role');
  });
});
