import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src-worker/random';
import { cover, MinMaxPyramid } from './min-max-pyramid';

describe('MinMaxPyramid', () => {
  it('finds what a look at every value finds, over 300 random stretches', () => {
    const random = createRandom(7, 'test');
    const pyramid = new MinMaxPyramid();
    const values = Array.from({ length: 3000 }, () =>
      random.uniform() < 0.05 ? NaN : Math.round(random.uniform() * 50),
    );
    for (const value of values) pyramid.push(value);
    for (let round = 0; round < 300; round++) {
      const from = Math.floor(random.uniform() * 3000);
      const to = from + Math.floor(random.uniform() * (3001 - from));
      const finite = values.slice(from, to).filter(Number.isFinite);
      const expected =
        finite.length === 0
          ? null
          : {
              lowest: values.indexOf(Math.min(...finite), from),
              highest: values.indexOf(Math.max(...finite), from),
            };
      expect(pyramid.extremes(from, to)).toEqual(expected);
    }
  });

  it('knows nothing of a stretch without a number', () => {
    const pyramid = new MinMaxPyramid();
    for (const value of [NaN, Infinity, 3, NaN]) pyramid.push(value);
    expect(pyramid.extremes(0, 2)).toBeNull();
    expect(pyramid.extremes(0, 4)).toEqual({ lowest: 2, highest: 2 });
    expect(pyramid.extremes(2, 2)).toBeNull();
  });

  it('begins again once it is cleared', () => {
    const pyramid = new MinMaxPyramid();
    for (const value of [5, 1, 9]) pyramid.push(value);
    pyramid.clear();
    pyramid.push(4);
    expect(pyramid.extremes(0, 1)).toEqual({ lowest: 0, highest: 0 });
  });
});

describe('cover', () => {
  it('visits every value once', () => {
    const seen = new Map<number, number>();
    cover(3, 999, (level, block) => {
      const size = 4 ** level;
      for (let i = block * size; i < (block + 1) * size; i++) seen.set(i, (seen.get(i) ?? 0) + 1);
    });
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 996 }, (_, i) => i + 3));
    expect([...seen.values()].every((times) => times === 1)).toBe(true);
  });

  it('visits few blocks, however many values there are', () => {
    let visits = 0;
    cover(1, 1_000_001, () => visits++);
    expect(visits).toBeLessThanOrEqual(6 * 10);
  });
});
