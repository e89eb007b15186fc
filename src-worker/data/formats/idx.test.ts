import { gzip } from 'pako';
import { describe, expect, test } from 'vitest';
import { readFile } from '.';
import { ProblemError, type Problem } from '../../problem';

function idxBytes(type: number, shape: readonly number[], data: readonly number[]): Uint8Array<ArrayBuffer> {
  const sizes = shape.flatMap((size) => [(size >>> 24) & 255, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...data]);
}

const digits = idxBytes(0x08, [2, 2, 3], [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]);

function file(bytes: Uint8Array<ArrayBuffer>, name = 'train-images-idx3-ubyte'): File {
  return new File([bytes], name);
}

async function problemOf(bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<Problem> {
  const outcome = await readFile(file(bytes, name)).catch((error: unknown) => error);
  if (outcome instanceof ProblemError) return outcome.problems[0]!;
  throw new Error('expected a problem', { cause: outcome });
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe('reads', () => {
  test('images, as bytes', async () => {
    expect(await readFile(file(digits))).toEqual({
      kind: 'array',
      name: 'train-images-idx3-ubyte',
      shape: [2, 2, 3],
      values: Uint8Array.from([0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]),
      texts: null,
      warnings: [],
    });
  });

  test('whatever the name', async () => {
    expect(await readFile(file(digits, 'data.csv'))).toMatchObject({ kind: 'array', shape: [2, 2, 3] });
  });

  test.each([
    ['int8', 0x09, [0xff, 0x7f], Int8Array.of(-1, 127)],
    ['int16', 0x0b, [0xff, 0xfe, 0x01, 0x00], Int16Array.of(-2, 256)],
    ['int32', 0x0c, [0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff], Int32Array.of(256, -1)],
    ['float32', 0x0d, [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1.5, -2)],
    ['float64', 0x0e, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1.5, -2)],
  ])('big-endian %s', async (_, type, data, expected) => {
    expect(await readFile(file(idxBytes(type, [2], data)))).toMatchObject({ shape: [2], values: expected });
  });

  test('gzip, also of several members, padded with zeros', async () => {
    const members = joined(gzip(digits.subarray(0, 7)), gzip(digits.subarray(7)), new Uint8Array(20));
    for (const bytes of [gzip(digits), members]) {
      expect(await readFile(file(bytes))).toMatchObject({ shape: [2, 2, 3], values: digits.slice(16) });
    }
  });

  test('gzip larger than any piece, byte for byte', async () => {
    const data = Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 251);
    const read = await readFile(file(gzip(idxBytes(0x08, [300, 1000], data))));
    expect(read).toMatchObject({ shape: [300, 1000], values: Uint8Array.from(data) });
  });
});

describe('refuses', () => {
  test('a file cut short, naming both lengths and the byte', async () => {
    const problem = await problemOf(digits.subarray(0, 20));
    expect(problem).toMatchObject({ code: 'idx/cut-short', byteOffset: 20 });
    expect(problem.message).toContain('2 × 2 × 3');
    expect(problem.message).toContain('28 bytes');
  });

  test.each([3, 4, 7, 15])('a header cut at byte %i', async (length) => {
    const code = length < 4 ? ['idx/cut-short', 'file/binary'] : ['idx/cut-short'];
    expect(code).toContain((await problemOf(digits.subarray(0, length))).code);
  });

  test('bytes beyond the end', async () => {
    expect(await problemOf(joined(digits, Uint8Array.of(1)))).toMatchObject({ code: 'idx/too-long', byteOffset: 28 });
  });

  test('a count that no file could hold, before any memory is taken', async () => {
    const bytes = idxBytes(0x0e, [0xffffffff, 0xffffffff, 0xffffffff], [1, 2, 3]);
    expect((await problemOf(bytes)).code).toBe('idx/cut-short');
    expect((await problemOf(gzip(bytes))).code).toBe('idx/cut-short');
  });

  test('a bad magic number under the name of an IDX file', async () => {
    expect(await problemOf(Uint8Array.of(0, 0, 7, 3, 0, 0))).toMatchObject({ code: 'idx/bad-magic', byteOffset: 0 });
    expect((await problemOf(Uint8Array.of(0, 0, 8, 9, 0, 0))).code).toBe('idx/bad-magic');
  });

  test('gzip that ends too early, with the byte', async () => {
    const packed = gzip(digits);
    for (const length of [packed.length - 1, packed.length - 8, 12]) {
      expect(await problemOf(packed.subarray(0, length))).toMatchObject({ code: 'gzip/cut-short', byteOffset: length });
    }
  });

  test('gzip whose checksum or length is wrong', async () => {
    for (const place of [-8, -1]) {
      const packed = gzip(digits);
      packed[packed.length + place]! ^= 1;
      expect((await problemOf(packed)).code).toBe('gzip/damaged');
    }
  });

  test('garbage after the gzip data', async () => {
    expect((await problemOf(joined(gzip(digits), Uint8Array.of(1, 2, 3)))).code).toBe('gzip/damaged');
  });
});
