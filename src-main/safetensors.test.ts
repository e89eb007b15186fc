import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../src-worker/problem';
import type { NamedTensor } from '../src-worker/tensor';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

/** A file from its header and the bytes after it. */
function file(header: string | Uint8Array, data: Uint8Array = new Uint8Array(0), declared?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, declared ?? BigInt(json.length), true);
  return new Uint8Array([...length, ...json, ...data]);
}

function refusalOf(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes, 'weights.safetensors');
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]?.code ?? '';
    throw error;
  }
  return 'accepted';
}

const entry = (dtype: string, shape: number[], begin: number, end: number): string =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('encodeSafetensors', () => {
  test('2 × 2 in the bytes of the format', () => {
    const bytes = encodeSafetensors([{ name: 'W1', shape: [2, 2], values: new Float32Array([1, -2, 0.5, 0]) }]);
    const header = '{"W1":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}      ';
    expect(header.length).toBe(64);
    expect([...bytes]).toEqual([
      ...[64, 0, 0, 0, 0, 0, 0, 0],
      ...new TextEncoder().encode(header),
      ...[0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f, 0, 0, 0, 0],
    ]);
  });

  test('refuses a name twice and a shape that does not fit', () => {
    const tensor: NamedTensor = { name: 'b1', shape: [2], values: new Float32Array(2) };
    expect(() => encodeSafetensors([tensor, tensor])).toThrow('taken');
    expect(() => encodeSafetensors([{ ...tensor, shape: [3] }])).toThrow('2 values for [3]');
  });
});

describe('decodeSafetensors', () => {
  test('gives back every bit, NaN, ±∞ and −0 included, in fresh arrays', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            name: fc.oneof(fc.string(), fc.constant('__proto__'), fc.constant('constructor')),
            values: fc.oneof(fc.float32Array(), fc.float64Array()),
          }),
          { selector: (tensor) => tensor.name },
        ),
        (given) => {
          const tensors = given
            .filter(({ name }) => name !== '__metadata__' && !/\p{Surrogate}/u.test(name))
            .map(({ name, values }) => ({ name, shape: [values.length, 1], values }));
          const bytes = encodeSafetensors(tensors, { app: 'Layerlab' });
          const back = decodeSafetensors(bytes, 'w');
          bytes.fill(0);
          // Empty arrays may change places with their neighbours: they occupy no bytes.
          const sorted = (list: readonly NamedTensor[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
          expect(sorted(back)).toEqual(sorted(tensors));
        },
      ),
    );
  });

  test('copies even out of a Buffer of Node', () => {
    const bytes = Buffer.from(encodeSafetensors([{ name: 'b1', shape: [1], values: new Float32Array([7]) }]));
    const [tensor] = decodeSafetensors(bytes, 'w');
    bytes.fill(0);
    expect(tensor?.values).toEqual(new Float32Array([7]));
    expect(tensor?.values.buffer.byteLength).toBe(4);
  });

  test('reads a tensor without dimensions', () => {
    expect(decodeSafetensors(file(`{"loss":${entry('F32', [], 0, 4)}}`, new Uint8Array([0, 0, 128, 63])), 'w')).toEqual(
      [{ name: 'loss', shape: [], values: new Float32Array([1]) }],
    );
  });

  const four = new Uint8Array(4);
  test.each([
    ['an empty file', new Uint8Array(0), 'safetensors/cut-short'],
    ['seven bytes', new Uint8Array(7), 'safetensors/cut-short'],
    ['a header longer than the file', file('{}', four, 1000n), 'safetensors/cut-short'],
    ['a header beyond every limit', file('{}', four, 2n ** 63n), 'safetensors/header-too-long'],
    ['no JSON', file('{"a":'), 'safetensors/header'],
    ['bad UTF-8', file(new Uint8Array([0x7b, 0xff, 0x7d])), 'safetensors/header'],
    ['an array for a header', file('[]'), 'safetensors/header'],
    ['a tensor that is a number', file('{"a":1}'), 'safetensors/header'],
    [
      'a tensor with a further key',
      file('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}}', four),
      'safetensors/header',
    ],
    ['metadata that is nested', file('{"__metadata__":{"a":{}}}'), 'safetensors/header'],
    ['a header nested 100,000 deep', file(`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`), 'safetensors/header'],
    ['half precision', file(`{"a":${entry('F16', [2], 0, 4)}}`, four), 'safetensors/type'],
    ['a type named like a built-in', file(`{"a":${entry('constructor', [1], 0, 4)}}`, four), 'safetensors/type'],
    ['a negative size', file(`{"a":${entry('F32', [-1], 0, 4)}}`, four), 'safetensors/shape'],
    ['a fractional size', file(`{"a":${entry('F32', [0.5], 0, 2)}}`, four), 'safetensors/shape'],
    ['a product beyond 2^53', file(`{"a":${entry('F32', [2 ** 40, 2 ** 40], 0, 4)}}`, four), 'safetensors/size'],
    ['bytes that do not fill the shape', file(`{"a":${entry('F32', [2], 0, 4)}}`, four), 'safetensors/size'],
    ['reversed offsets', file(`{"a":${entry('F32', [1], 4, 0)}}`, four), 'safetensors/size'],
    ['three offsets', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}', four), 'safetensors/offsets'],
    ['a hole', file(`{"a":${entry('F32', [1], 4, 8)}}`, new Uint8Array(8)), 'safetensors/offsets'],
    [
      'an overlap',
      file(`{"a":${entry('F32', [1], 0, 4)},"b":${entry('F32', [1], 0, 4)}}`, four),
      'safetensors/offsets',
    ],
    ['arrays beyond the end', file(`{"a":${entry('F32', [2], 0, 8)}}`, four), 'safetensors/cut-short'],
    ['bytes left over', file(`{"a":${entry('F32', [1], 0, 4)}}`, new Uint8Array(5)), 'safetensors/trailing-bytes'],
    [
      'a name twice',
      file(`{"a":${entry('F32', [1], 0, 4)}, "a" :${entry('F32', [1], 0, 4)}}`, four),
      'safetensors/duplicate',
    ],
  ])('refuses %s', (_what, bytes, code) => {
    expect(refusalOf(bytes)).toBe(code);
  });

  test('a colon inside a name is no second key', () => {
    expect(refusalOf(file(`{"a\\": b":${entry('F32', [1], 0, 4)}}`, four))).toBe('accepted');
  });

  test('cut at any byte it is refused', () => {
    const whole = encodeSafetensors([
      { name: 'W1', shape: [2, 3], values: new Float32Array(6).fill(1.5) },
      { name: 'b1', shape: [2], values: new Float64Array(2) },
    ]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(refusalOf(whole.subarray(0, length)), `cut at ${length}`).toMatch(/^safetensors\//);
    }
    expect(refusalOf(whole)).toBe('accepted');
  });
});
