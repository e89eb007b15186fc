import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random';
import { samples, type SampleDefinition } from '.';

const definitions: readonly SampleDefinition[] = Object.values(samples);

describe.each(definitions)('sample $kind', (sample) => {
  const draw = (examples: number, noise: number, seed: number): readonly Float64Array[] =>
    sample.generate(examples, noise, createRandom(seed, 'sample'));

  test('describes the three fields that a document may set', () => {
    expect(sample.fields.map((field) => field.name)).toEqual(['examples', 'noise', 'seed']);
    expect(samples[sample.kind]).toBe(sample);
  });

  test('gives one finite column of the asked length per name', () => {
    for (const examples of [10, 11, 400]) {
      const columns = draw(examples, 0.2, 1);
      expect(columns).toHaveLength(sample.columns.length);
      for (const column of columns) {
        expect(column).toHaveLength(examples);
        expect(column.every(Number.isFinite)).toBe(true);
      }
    }
  });

  test('is a function of its seed', () => {
    expect(draw(50, 0.1, 7)).toEqual(draw(50, 0.1, 7));
    expect(draw(50, 0.1, 7)).not.toEqual(draw(50, 0.1, 8));
  });

  test('spreads the examples evenly over the classes', () => {
    if (sample.task === 'regression') return;
    const classes = draw(400, 0.1, 1).at(-1)!;
    const counts = new Map<number, number>();
    for (const c of classes) counts.set(c, (counts.get(c) ?? 0) + 1);
    expect(counts.size).toBe(sample.task === 'binary' ? 2 : 3);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
  });
});

test('the flower without noise lies on r = 4 sin(4θ), each class on its own four petals', () => {
  const [x1, x2, y] = samples.flower.generate(400, 0, createRandom(1));
  const petals = [new Set<number>(), new Set<number>()];
  x1!.forEach((x, n) => {
    const angle = Math.atan2(x, x2![n]!);
    expect(Math.hypot(x, x2![n]!)).toBeCloseTo(Math.abs(4 * Math.sin(4 * angle)), 9);
    petals[y![n]!]!.add(Math.floor(((angle + 2 * Math.PI) % (2 * Math.PI)) / (Math.PI / 4)));
  });
  expect([...petals[0]!].sort()).toEqual([0, 2, 5, 7]);
  expect([...petals[1]!].sort()).toEqual([1, 3, 4, 6]);
});

test('xor without noise has the sign of x₁ x₂', () => {
  const [x1, x2, y] = samples.xor.generate(100, 0, createRandom(1));
  x1!.forEach((x, n) => expect(y![n]).toBe(x * x2![n]! < 0 ? 1 : 0));
});

test('the line without noise is y = 2x + 1', () => {
  const [x, y] = samples.line.generate(50, 0, createRandom(1));
  x!.forEach((value, n) => expect(y![n]).toBeCloseTo(2 * value + 1, 12));
});
