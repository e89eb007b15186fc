import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src-worker/random';
import { cover, MinMaxPyramid } from './min-max-pyramid';
import { thin } from './thin';

/** Counts the blocks that are looked at. */
class CountedPyramid extends MinMaxPyramid {
  looks = 0;

  override extremes(from: number, to: number) {
    cover(from, to, () => this.looks++);
    return super.extremes(from, to);
  }
}

function line(length: number, y: (index: number) => number) {
  const values = new CountedPyramid();
  const x = Array.from({ length }, (_, index) => index);
  for (const index of x) values.push(y(index));
  return { x, values };
}

function counted(x: readonly number[]): { readonly x: readonly number[]; looks: number } {
  const count = { x, looks: 0 };
  count.x = new Proxy(x as number[], {
    get: (target, key) => {
      if (key !== 'length') count.looks++;
      return Reflect.get(target, key) as unknown;
    },
  });
  return count;
}

const noise = (seed: number) => {
  const random = createRandom(seed, 'noise');
  return (index: number) => Math.exp(-index / 50_000) + 0.1 * random.normal();
};

describe('thin', () => {
  it('leaves a short line as it is', () => {
    const { x, values } = line(5, (index) => index ** 2);
    expect(thin(x, values, { min: 0, max: 4 }, 100)).toEqual([0, 1, 4, 9, 16].map((y, i) => ({ x: i, y })));
  });

  it('keeps the lowest and the highest value of every pixel, and both ends', () => {
    const { x, values } = line(10_000, noise(3));
    const points = thin(x, values, { min: 0, max: 9999 }, 100);
    expect(points.length).toBeLessThanOrEqual(202);
    expect([points[0]!.x, points.at(-1)!.x]).toEqual([0, 9999]);
    expect(points.every(({ x: place }, i) => i === 0 || place > points[i - 1]!.x)).toBe(true);
    for (let pixel = 0; pixel < 100; pixel++) {
      const border = (at: number) => Math.ceil((9999 * at) / 100);
      const there = values.values.slice(border(pixel), pixel === 99 ? 10_000 : border(pixel + 1));
      const shown = points.map(({ y }) => y);
      expect(shown).toContain(Math.min(...there));
      expect(shown).toContain(Math.max(...there));
    }
  });

  it('shows the window, and one point beyond each side of it', () => {
    const { x, values } = line(1000, (index) => index);
    expect(thin(x, values, { min: 10.5, max: 13 }, 50).map((point) => point.x)).toEqual([10, 11, 12, 13, 14]);
    expect(thin(x, values, { min: -9, max: 1 }, 50).map((point) => point.x)).toEqual([0, 1, 2]);
    expect(thin(x, values, { min: 2000, max: 3000 }, 50)).toEqual([{ x: 999, y: 999 }]);
  });

  it('keeps a gap of a pixel or more, and a spike beside a smaller one', () => {
    const { x, values } = line(1000, (index) => (index >= 400 && index < 600 ? Number.NaN : index === 100 ? 9 : 1));
    const points = thin(x, values, { min: 0, max: 999 }, 50);
    expect(points.filter(({ y }) => Number.isNaN(y)).map((point) => point.x)).toEqual(
      expect.arrayContaining([420, 500]),
    );
    expect(points).toContainEqual({ x: 100, y: 9 });
  });

  it('looks at few of 200,000 points, and at hardly more of a million', () => {
    const looks = [200_000, 1_000_000].map((length) => {
      const { x, values } = line(length, noise(5));
      const places = counted(x);
      const points = thin(places.x, values, { min: 0, max: length - 1 }, 1000);
      expect(points.length).toBeLessThanOrEqual(2002);
      return places.looks + values.looks;
    });
    expect(looks[0]).toBeLessThan(30_000);
    expect(looks[1]! / looks[0]!).toBeLessThan(1.3);
  });

  it('costs no more for a window that is moved or narrowed', () => {
    const { x, values } = line(200_000, noise(5));
    for (const [min, max] of [
      [50_000, 150_000],
      [99_000, 101_500],
      [100, 199_000],
    ] as const) {
      const places = counted(x);
      values.looks = 0;
      thin(places.x, values, { min, max }, 1000);
      expect(places.looks + values.looks).toBeLessThan(30_000);
    }
  });
});
