import { expect, it } from 'vitest';
import { readZip } from '../../zip';
import { json } from './json';
import { encodeNpy } from '../../../src-worker/encode-npy';
import { npz } from './npz';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

it.each<[number[], Float64Array | Float32Array, string]>([
  [[2, 3], new Float64Array(6), "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"],
  [[4], new Float32Array(4), "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }"],
  [[], new Float64Array(1), "{'descr': '<f8', 'fortran_order': False, 'shape': (), }"],
])('writes .npy of shape %j as numpy does', (shape, values, dictionary) => {
  const bytes = encodeNpy({ name: 'x', shape, values: values.fill(1.5) });
  const start = bytes.length - values.byteLength;
  expect(start % 64).toBe(0);
  expect(text(bytes.subarray(0, 8))).toBe('\x93NUMPY\x01\x00');
  expect(bytes[8]! + 256 * bytes[9]!).toBe(start - 10);
  expect(text(bytes.subarray(10, start))).toBe(`${dictionary.padEnd(start - 11)}\n`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  expect(values instanceof Float64Array ? view.getFloat64(0, true) : view.getFloat32(0, true)).toBe(1.5);
});

it('packs one .npy per array, stored', async () => {
  const tensors = [
    { name: 'W1', shape: [1, 2], values: Float64Array.of(1, 2) },
    { name: 'loss', shape: [], values: Float64Array.of(3) },
  ];
  const entries = await readZip(await npz.encode(tensors), 'trace.npz');
  expect([...entries.keys()]).toEqual(['W1.npy', 'loss.npy']);
  expect(entries.get('W1.npy')).toEqual(encodeNpy(tensors[0]!));
});

it('nests JSON by the shape and keeps every bit', async () => {
  const tensors = [
    { name: 'x', shape: [2, 1, 2], values: Float64Array.of(0.1, 1 / 3, -0, NaN) },
    { name: 'loss', shape: [], values: Float64Array.of(5e-324) },
    { name: 'none', shape: [0, 2], values: Float64Array.of() },
  ];
  expect(JSON.parse(text(await json.encode(tensors)))).toEqual({
    x: [[[0.1, 1 / 3]], [[-0, 'NaN']]],
    loss: 5e-324,
    none: [],
  });
});
