import { expect, test } from 'vitest';
import { resolveNetwork } from '../../shape';
import { maySpend, numbersPerRow, productsPerRow, rowsWithin } from './work';

const dense = (units: number) =>
  ({ kind: 'dense', units, activation: 'relu', initializer: { kind: 'he-normal' } }) as const;
const conv = {
  kind: 'conv2d',
  filters: 8,
  kernel: 5,
  stride: 1,
  padding: 'valid',
  activation: 'relu',
  initializer: { kind: 'he-normal' },
} as const;

test('products and numbers of a row, by hand', () => {
  const layers = resolveNetwork({ layers: [conv, dense(10)], loss: 'cross-entropy', seed: 1 }, [1, 28, 28]);
  // Each of 8 × 24 × 24 outputs takes 25 products, each of 10 units 4,608.
  expect(productsPerRow(layers)).toBe(8 * 24 * 24 * 25 + 10 * 4608);
  expect(numbersPerRow(layers)).toBe(784 + 4608 + 10);
});

test('a small network may send all rows, a wide one only as many as take some tens of milliseconds, and one at least', () => {
  const of = (...units: number[]) => resolveNetwork({ layers: units.map(dense), loss: 'squared', seed: 1 }, [784]);
  expect(rowsWithin(of(16, 1), 256, 1)).toBe(256);
  // 784 × 1,024 + 1,024 × 1,024 + 1,024 × 10 products.
  expect(rowsWithin(of(1024, 1024, 10), 256, 1)).toBe(134);
  expect(rowsWithin(of(1024, 1024, 10), 256, 3)).toBe(44);
  expect(rowsWithin(of(60_000, 30_000), 256, 3)).toBe(1);
  expect(maySpend(of(1024, 1024, 10), 128)).toBe(true);
  expect(maySpend(of(1024, 1024, 10), 512)).toBe(false);
});
