import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random';
import { splitRows, type Split } from './split';

const shares = { train: 0.7, dev: 0.15, test: 0.15 };

function sizes({ train, dev, test: tested }: Split): number[] {
  return [train.length, dev.length, tested.length];
}

function counts(rows: Uint32Array, groups: Int32Array, k: number): number[] {
  return Array.from({ length: k }, (_, group) => rows.filter((row) => groups[row] === group).length);
}

test('every row goes into exactly one part, in rising order', () => {
  const { train, dev, test: tested } = splitRows(101, null, shares, createRandom(1));
  expect([...train, ...dev, ...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, row) => row));
  for (const part of [train, dev, tested]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
});

test('is a function of the seed', () => {
  const draw = (seed: number): Split => splitRows(100, null, shares, createRandom(seed, 'split'));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('exact shares are met exactly', () => {
  expect(sizes(splitRows(100, null, shares, createRandom(1)))).toEqual([70, 15, 15]);
  expect(sizes(splitRows(100, null, { train: 1, dev: 0, test: 0 }, createRandom(1)))).toEqual([100, 0, 0]);
  expect(sizes(splitRows(10_000, null, { train: 0.6, dev: 0.4, test: 0 }, createRandom(1)))).toEqual([6000, 4000, 0]);
});

describe('stratified', () => {
  test('three classes of fifty keep their shares in every part', () => {
    const groups = Int32Array.from({ length: 150 }, (_, row) => row % 3);
    const split = splitRows(150, groups, shares, createRandom(1));
    expect(counts(split.train, groups, 3)).toEqual([35, 35, 35]);
    expect(sizes(split).reduce((sum, size) => sum + size)).toBe(150);
    for (const part of [split.dev, split.test]) for (const n of counts(part, groups, 3)) expect([7, 8]).toContain(n);
    expect(Math.abs(split.dev.length - split.test.length)).toBeLessThanOrEqual(1);
  });

  test('each class gets its share rounded down or up in every part, the whole parts too within one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 1000 }),
        (classSizes, seed) => {
          const groups = Int32Array.from(classSizes.flatMap((n, group) => new Array<number>(n).fill(group)));
          const split = splitRows(groups.length, groups, shares, createRandom(seed));
          const parts = [split.train, split.dev, split.test];
          const fractions = [0.7, 0.15, 0.15];
          parts.forEach((rows, part) => {
            counts(rows, groups, classSizes.length).forEach((n, group) => {
              expect(Math.abs(n - fractions[part]! * classSizes[group]!)).toBeLessThan(1);
            });
            expect(Math.abs(rows.length - fractions[part]! * groups.length)).toBeLessThanOrEqual(1.5);
          });
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test('classes of one or two examples are in the training part', () => {
    const groups = Int32Array.from([0, 1, 1, 2, 3, 3, ...new Array<number>(50).fill(4)]);
    for (let seed = 0; seed < 20; seed++) {
      const { train } = splitRows(groups.length, groups, { train: 0.1, dev: 0.45, test: 0.45 }, createRandom(seed));
      for (const n of counts(train, groups, 5)) expect(n).toBeGreaterThanOrEqual(1);
    }
  });

  test('a group without rows does no harm', () => {
    const groups = Int32Array.from([0, 0, 2, 2]);
    expect(sizes(splitRows(4, groups, { train: 0.5, dev: 0.5, test: 0 }, createRandom(1)))).toEqual([2, 2, 0]);
  });
});
