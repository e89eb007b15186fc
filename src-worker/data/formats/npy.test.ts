import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzip } from 'pako';
import { describe, expect, test } from 'vitest';
import { findPython } from '../../../src-main/testing/find-python';
import { ProblemError, type Problem } from '../../problem';
import golden from '../golden/npy.json' with { type: 'json' };
import { npyBytes } from '../testing/npy';
import { readFile, type ArrayFile, type FileData } from '.';

interface Golden {
  readonly name: string;
  readonly npy: string;
  readonly shape: readonly number[];
  readonly expected: string;
}

async function read(bytes: Uint8Array<ArrayBuffer>, name = 'a.npy'): Promise<FileData> {
  return readFile(new File([bytes], name));
}

async function arrayOf(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayFile> {
  const data = await read(bytes);
  if (data.kind !== 'array') throw new Error('expected an array');
  return data;
}

async function problemOf(bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<Problem> {
  const outcome = await read(bytes, name).catch((error: unknown) => error);
  if (outcome instanceof ProblemError) return outcome.problems[0]!;
  throw new Error('expected a problem', { cause: outcome });
}

async function checkAgainstNumpy({ npy, shape, expected, name }: Golden): Promise<void> {
  const array = await arrayOf(Uint8Array.from(Buffer.from(npy, 'base64')));
  expect(array.shape, name).toEqual(shape);
  const { values } = array;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  expect(bytes.toString('base64'), name).toBe(expected);
}

describe('every type in every order has the bits that NumPy wrote', () => {
  test.each(golden.arrays as Golden[])('$name', checkAgainstNumpy);

  const python = findPython('numpy');
  const generator = fileURLToPath(new URL('../golden/generate-npy.py', import.meta.url));
  test.skipIf(python === null)('also in 336 arrays that the NumPy of this machine writes now', async () => {
    const run = spawnSync(python!, [generator, '7', '7'], { maxBuffer: 2 ** 26 });
    const { arrays } = JSON.parse(run.stdout.toString()) as { arrays: Golden[] };
    expect(arrays).toHaveLength(336);
    for (const array of arrays) await checkAgainstNumpy(array);
  });
});

describe('reads', () => {
  test('texts as codes of their different texts', async () => {
    const bytes = npyBytes(
      "'<U3'",
      [3],
      [...'cat'].flatMap(utf32).concat([...'d\0\0'].flatMap(utf32), [...'cat'].flatMap(utf32)),
    );
    expect(await arrayOf(bytes)).toMatchObject({ values: Int32Array.of(0, 1, 0), texts: ['cat', 'd'] });
    const ascii = npyBytes("'|S2'", [2, 1], [0x61, 0, 0x62, 0x63]);
    expect(await arrayOf(ascii)).toMatchObject({ shape: [2, 1], texts: ['a', 'bc'] });
  });

  test('a structured array as a table, padding left out', async () => {
    const descr = "[('x', '<i2'), ('', '|V1'), ('kind', '|S1'), ('v', '>f4', (2,)), ('__proto__', '|u1')]";
    const row = (x: number, kind: string, proto: number) => [
      x,
      0,
      9,
      kind.charCodeAt(0),
      0x3f,
      0x80,
      0,
      0,
      0x40,
      0,
      0,
      0,
      proto,
    ];
    const data = await read(npyBytes(descr, [2], [...row(5, 'a', 1), ...row(7, 'b', 2)]));
    if (data.kind !== 'table') throw new Error('expected a table');
    expect(data.table.columns.map(({ name }) => name)).toEqual(['x', 'kind', 'v 1', 'v 2', '__proto__']);
    expect(data.table.preview).toEqual([
      ['5', 'a', '1', '2', '1'],
      ['7', 'b', '1', '2', '2'],
    ]);
    expect(Object.prototype).not.toHaveProperty('kind');
  });

  test('gzip, and whatever the name', async () => {
    expect(await read(gzip(npyBytes("'|u1'", [2], [1, 2])), 'table.csv')).toMatchObject({ kind: 'array', shape: [2] });
  });

  test('64-bit integers beyond 2^53 rounded, with a warning that says where', async () => {
    const large = [1, 0, 0, 0, 0, 0, 0x20, 0];
    const data = await arrayOf(npyBytes("'<i8'", [2], [5, 0, 0, 0, 0, 0, 0, 0, ...large]));
    expect(data.values).toEqual(Float64Array.of(5, 2 ** 53));
    expect(data.warnings).toMatchObject([{ code: 'npy/rounded' }]);
    expect(data.warnings[0]!.message).toContain('element 2');
  });
});

describe('refuses', () => {
  test.each([
    ['Python objects', "'|O'", [1], [0x80, 4], 'npy/pickled', 'contains pickled Python; never opened'],
    ['Python objects in a field', "[('a', '<i4'), ('b', 'O')]", [1], [], 'npy/pickled', 'contains pickled Python'],
    ['complex numbers', "'<c16'", [1], Array<number>(16).fill(0), 'npy/type', 'complex'],
    ['dates', "'<M8[ns]'", [1], Array<number>(8).fill(0), 'npy/type', 'dates'],
    ['a type nobody knows', "'<q9'", [1], [], 'npy/type', 'not a number'],
    ['long doubles', "'<f16'", [1], Array<number>(16).fill(0), 'npy/type', 'floats'],
    ['fields inside fields', "[('a', [('b', '<i4')])]", [1], [0, 0, 0, 0], 'npy/structure', 'inside'],
    ['a field twice', "[('a', '|u1'), ('a', '|u1')]", [1], [0, 0], 'npy/structure', 'twice'],
    ['more values than the file has', "'<f8'", [1000], [0, 0, 0], 'npy/cut-short', '1000'],
    ['fewer values than the file has', "'|u1'", [1], [0, 0, 0], 'npy/too-long', 'has'],
    ['a shape beyond every memory', "'<f8'", [2 ** 32, 2 ** 32], [], 'npy/cut-short', '4294967296 × 4294967296'],
    ['a negative size', "'|u1'", [-3], [], 'npy/bad-header', 'shape'],
  ])('%s', async (_, descr, shape, data, code, words) => {
    const problem = await problemOf(npyBytes(descr, shape, data));
    expect(problem).toMatchObject({ code, file: 'a.npy' });
    expect(problem.message).toContain(words);
  });

  test('a huge shape in a packed file, before any memory is taken', async () => {
    const packed = gzip(npyBytes("'<f8'", [2 ** 20, 2 ** 20], [1]));
    expect((await problemOf(packed)).code).toBe('npy/cut-short');
  });

  test('a header longer than NumPy’s own limit', async () => {
    const bytes = npyBytes(`'|u1'${' '.repeat(11_000)}`, [1], [1]);
    expect(await problemOf(bytes)).toMatchObject({ code: 'npy/long-header', byteOffset: 8 });
  });

  test.each([
    ['no dictionary', '[1, 2]'],
    ['code', "__import__('os').system('x')"],
    ['a key too few', "{'descr': '|u1', 'shape': (1,)}"],
    ['endless brackets', '('.repeat(5_000)],
  ])('a header that is %s', async (_, text) => {
    expect(await problemOf(npyBytes(null, [], [1], text))).toMatchObject({ code: 'npy/bad-header', file: 'a.npy' });
  });

  test('a file cut anywhere in its header', async () => {
    const whole = npyBytes("'|u1'", [1], [1]);
    for (let length = 6; length < whole.length; length++) {
      expect((await problemOf(whole.slice(0, length))).code).toBe('npy/cut-short');
    }
  });

  test('a version that is not known', async () => {
    const bytes = npyBytes("'|u1'", [1], [1]);
    bytes[6] = 4;
    expect(await problemOf(bytes)).toMatchObject({ code: 'npy/version', byteOffset: 6 });
  });
});

function utf32(letter: string): number[] {
  return [letter.charCodeAt(0), 0, 0, 0];
}
