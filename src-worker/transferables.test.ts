import { expect, it } from 'vitest';
import { buffersIn } from './transferables';

it('finds every buffer once, wherever it is', () => {
  const shared = new Float32Array(4);
  const other = new Uint8Array(2);
  const value = { ok: true, value: { a: shared, list: [{ b: shared.subarray(1) }, { c: other }], d: null, e: 'text' } };
  expect(buffersIn(value)).toEqual([shared.buffer, other.buffer]);
});

it('leaves shared memory where it is', () => {
  expect(buffersIn({ a: new Float32Array(new SharedArrayBuffer(8)) })).toEqual([]);
});

it('makes a result arrive whole, with its old buffers gone', () => {
  const result = { values: Float32Array.of(1, 2, 3) };
  const arrived = structuredClone(result, { transfer: buffersIn(result) });
  expect(arrived).toEqual({ values: Float32Array.of(1, 2, 3) });
  expect(result.values.length).toBe(0);
});
