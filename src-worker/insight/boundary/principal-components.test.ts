import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../random';
import { examplesFor, principalComponents, type PrincipalComponents } from './principal-components';
import { leadingEigen } from './leading-eigen';
import { symmetricEigen } from './symmetric-eigen';

interface Case {
  readonly name: string;
  readonly x: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly directions: readonly (readonly number[])[];
  readonly shares: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL('golden/components.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function find(rows: readonly (readonly number[])[]): PrincipalComponents {
  return finish(principalComponents(Float64Array.from(rows.flat()), rows.length, rows[0]!.length));
}

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]!)));

test.each(cases)('principal components are those of NumPy: $name', ({ x, mean, directions, shares }) => {
  const found = find(x);
  expect(largestGap(found.mean, mean)).toBeLessThan(1e-11);
  expect(largestGap(found.shares, shares)).toBeLessThan(1e-12);
  directions.forEach((direction, k) => expect(largestGap(found.directions[k]!, direction)).toBeLessThan(1e-9));
});

test('a matrix is put together again from its eigenvalues and vectors, which are orthonormal', () => {
  const n = 24;
  const random = createRandom(1, 'eigen');
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.normal();
  const { values, vectors } = finish(symmetricEigen(a.slice(), n));
  expect([...values]).toEqual([...values].sort((p, q) => q - p));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [sum, dot] = [0, 0];
      for (let k = 0; k < n; k++) {
        sum += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
        dot += vectors[i * n + k]! * vectors[j * n + k]!;
      }
      expect(Math.abs(sum - a[i * n + j]!)).toBeLessThan(1e-12);
      expect(Math.abs(dot - Number(i === j))).toBeLessThan(1e-13);
    }
  }
});

test.each([
  ['of many examples', 90, 1],
  ['whose later values lie close together', 90, 0.97],
  ['of low rank', 3, 1],
])('the first eigenvectors are those among all: a matrix %s', (_, rank, decay) => {
  const n = 64;
  const random = createRandom(2, 'leading');
  const rows = Array.from({ length: rank }, (_, r) => Array.from({ length: n }, () => decay ** r * random.normal()));
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) a[i * n + j] = rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
  const all = finish(symmetricEigen(a.slice(), n));
  const first = finish(leadingEigen(a.slice(), n, 2));
  expect(largestGap(first.values.slice(0, 2), all.values) / all.values[0]!).toBeLessThan(1e-13);
  expect(largestGap(first.vectors.slice(0, 2 * n), all.vectors)).toBeLessThan(1e-9);
});

test('where examples differ in one direction only, or in none, the others are nothing', () => {
  const line = find([
    [0, 0, 5],
    [1, 2, 5],
    [2, 4, 5],
  ]);
  expect(line.shares).toEqual([1, 0]);
  expect(largestGap(line.directions[0], [1 / Math.sqrt(5), 2 / Math.sqrt(5), 0])).toBeLessThan(1e-12);
  expect([...line.directions[1]]).toEqual([0, 0, 0]);
  expect(find([[3], [3]]).shares).toEqual([0, 0]);
});

test('of wide inputs fewer examples are taken, so that no matrix is larger than 256', () => {
  expect(examplesFor(784)).toBe(256);
  expect(examplesFor(7)).toBe(571_428);
  expect(examplesFor(256) * 256 ** 2).toBeLessThanOrEqual(2e8);
});
