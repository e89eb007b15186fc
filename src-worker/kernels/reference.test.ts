import { describe, expect, test } from 'vitest';
import { createRandom } from '../random';
import { addBias, addScaled, multiplyNN, multiplyNT, multiplyTN, scale, sumRows } from './reference';

const random = createRandom(1, 'reference-test');
const matrix = (length: number): Float64Array => Float64Array.from({ length }, random.normal);

function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  return a.map((_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!);
}

describe('matrix products', () => {
  test('2 × 3 times 3 × 2 by hand', () => {
    const c = new Float64Array(4);
    multiplyNN(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(7, 8, 9, 10, 11, 12), c, 2, 2, 3);
    expect([...c]).toEqual([58, 64, 139, 154]);
  });

  test.each([
    [1, 1, 1],
    [2, 5, 3],
    [4, 1, 7],
    [5, 6, 1],
  ])('NT and TN are NN on the transposed factor (m %i, n %i, k %i)', (m, n, k) => {
    const a = matrix(m * k);
    const b = matrix(k * n);
    const [nn, nt, tn] = [new Float64Array(m * n), new Float64Array(m * n), new Float64Array(m * n)];
    multiplyNN(a, b, nn, m, n, k);
    multiplyNT(a, transpose(b, k, n), nt, m, n, k);
    multiplyTN(transpose(a, m, k), b, tn, m, n, k);
    expect(nt).toEqual(nn);
    expect(tn).toEqual(nn);
  });

  test('an empty sum is 0 and overwrites what was there', () => {
    const c = Float64Array.of(9, 9);
    multiplyNN(new Float64Array(0), new Float64Array(0), c, 1, 2, 0);
    expect([...c]).toEqual([0, 0]);
  });

  test('float32 rounds once, at the end', () => {
    const c = new Float32Array(1);
    // 2²⁴ + 1 is no float32: adding the ones one by one in float32 would leave 2²⁴.
    multiplyNN(Float32Array.of(2 ** 24, 1, 1), Float32Array.of(1, 1, 1), c, 1, 1, 3);
    expect(c[0]).toBe(2 ** 24 + 2);
  });
});

test('addBias adds b to each row; sumRows is its gradient', () => {
  const z = Float64Array.of(1, 2, 3, 4);
  addBias(z, Float64Array.of(10, 20), 2, 2);
  expect([...z]).toEqual([11, 22, 13, 24]);
  const sum = new Float64Array(2);
  sumRows(z, sum, 2, 2);
  expect([...sum]).toEqual([24, 46]);
});

test('scale and addScaled touch the given length only', () => {
  const y = Float64Array.of(1, 2, 3);
  scale(y, 2, 2);
  expect([...y]).toEqual([2, 4, 3]);
  addScaled(Float64Array.of(1, 1, 1), 0.5, y, 2);
  expect([...y]).toEqual([2.5, 4.5, 3]);
});
