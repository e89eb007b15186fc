import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random';
import { samples, type ImageSample, type PlaneSample, type SampleDefinition, type TableSample } from '.';

const definitions: readonly SampleDefinition[] = Object.values(samples);
const plane = definitions.filter((sample): sample is PlaneSample => sample.form === 'plane');
const images = definitions.filter((sample): sample is ImageSample => sample.form === 'images');
const tables = definitions.filter((sample): sample is TableSample => sample.form === 'table');

/** How many examples each class has. */
function countsOf(classes: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const c of classes) counts.set(c, (counts.get(c) ?? 0) + 1);
  return counts;
}

test.each(definitions)('sample $kind describes the fields that a document may set', (sample) => {
  const names = sample.fields.map((field) => field.name);
  expect(names.slice(0, 3)).toEqual(['examples', 'noise', 'seed']);
  expect(['', 'classes']).toContain(names.slice(3).join());
  expect(samples[sample.kind]).toBe(sample);
});

describe.each(plane)('sample $kind', (sample) => {
  const classes = sample.fields.find(({ name }) => name === 'classes')?.default ?? 2;
  const draw = (examples: number, noise: number, seed: number, count = classes): readonly Float64Array[] =>
    sample.generate({ examples, noise, classes: count }, createRandom(seed, 'sample'));

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

  test('spreads the examples evenly over as many classes as were asked for', () => {
    if (sample.task === 'regression') return;
    const asked = sample.task === 'binary' ? [2] : [2, 3, 8];
    for (const count of asked) {
      const counts = [...countsOf(draw(400, 0.1, 1, count).at(-1)!).values()];
      expect(counts).toHaveLength(count);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });
});

describe.each(images)('sample $kind', (sample) => {
  const size = sample.shape.reduce((a, b) => a * b);
  const draw = (count: number, noise: number, seed: number): { pixels: Uint8Array; labels: readonly number[] } => {
    const random = createRandom(seed, 'sample');
    const pixels = new Uint8Array(count * size);
    const labels = Array.from({ length: count }, (_, n) =>
      sample.draw(n, noise, random, pixels.subarray(n * size, (n + 1) * size)),
    );
    return { pixels, labels };
  };

  test('is a function of its seed', () => {
    expect(draw(4, 0.1, 7)).toEqual(draw(4, 0.1, 7));
    expect(draw(4, 0.1, 7).pixels).not.toEqual(draw(4, 0.1, 8).pixels);
  });

  test('draws every class alike often, and no picture twice', () => {
    const { pixels, labels } = draw(40, 0, 1);
    expect([...countsOf(labels).keys()].sort((a, b) => a - b)).toEqual(sample.classNames.map((_, c) => c));
    expect(new Set(countsOf(labels).values()).size).toBe(1);
    const pictures = labels.map((_, n) => pixels.subarray(n * size, (n + 1) * size).join());
    expect(new Set(pictures).size).toBe(40);
  });

  test('has light and dark in every picture, and noise moves the pixels', () => {
    const { pixels } = draw(20, 0, 1);
    for (let n = 0; n < 20; n++) {
      const picture = pixels.subarray(n * size, (n + 1) * size);
      expect(Math.max(...picture) - Math.min(...picture)).toBeGreaterThan(20);
    }
    expect(draw(1, 0.1, 1).pixels).not.toEqual(draw(1, 0, 1).pixels);
  });
});

describe.each(tables)('sample $kind', ({ csv, target, fields }) => {
  const [header, ...rows] = csv.split('\n').map((line) => line.split(','));

  test('has as many rows as its field says, each with a cell for every column, and its target', () => {
    expect(rows).toHaveLength(fields.find(({ name }) => name === 'examples')!.default as number);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header!.length]));
    expect(header).toContain(target);
  });
});

test('the figures of the irises and the penguins are those of their sources', () => {
  // Means in cm: R. A. Fisher 1936, table II. Counts and means of penguins: palmerpenguins, summary(penguins).
  const column = (csv: string, name: string, kind: string): readonly number[] => {
    const [header, ...rows] = csv.split('\n').map((line) => line.split(','));
    const [at, species] = [header!.indexOf(name), header!.indexOf('species')];
    return rows.filter((row) => row[species] === kind && row[at] !== '').map((row) => Number(row[at]));
  };
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const iris = (name: string, kind: string): number => mean(column(samples.iris.csv, name, kind));
  expect(iris('sepal_length', 'setosa')).toBeCloseTo(5.006, 9);
  expect(iris('sepal_width', 'versicolor')).toBeCloseTo(2.77, 9);
  expect(iris('petal_length', 'virginica')).toBeCloseTo(5.552, 9);
  expect(iris('petal_width', 'setosa')).toBeCloseTo(0.246, 9);
  const penguins = (name: string, kind: string): readonly number[] => column(samples.penguins.csv, name, kind);
  expect(['Adelie', 'Chinstrap', 'Gentoo'].map((kind) => penguins('body_mass_g', kind).length)).toEqual([151, 68, 123]);
  expect(mean(penguins('body_mass_g', 'Adelie'))).toBeCloseTo(3700.66, 2);
});

test('the flower without noise lies on r = 4 sin(4θ), each class on its own four petals', () => {
  const [x1, x2, y] = samples.flower.generate({ examples: 400, noise: 0, classes: 2 }, createRandom(1));
  const petals = [new Set<number>(), new Set<number>()];
  x1!.forEach((x, n) => {
    const angle = Math.atan2(x, x2![n]!);
    expect(Math.hypot(x, x2![n]!)).toBeCloseTo(Math.abs(4 * Math.sin(4 * angle)), 9);
    petals[y![n]!]!.add(Math.floor(((angle + 2 * Math.PI) % (2 * Math.PI)) / (Math.PI / 4)));
  });
  expect([...petals[0]!].sort()).toEqual([0, 2, 5, 7]);
  expect([...petals[1]!].sort()).toEqual([1, 3, 4, 6]);
});

const pure = { examples: 100, noise: 0, classes: 2 } as const;

test('xor without noise has the sign of x₁ x₂', () => {
  const [x1, x2, y] = samples.xor.generate(pure, createRandom(1));
  x1!.forEach((x, n) => expect(y![n]).toBe(x * x2![n]! < 0 ? 1 : 0));
});

test('the line without noise is y = 2x + 1', () => {
  const [x, y] = samples.line.generate(pure, createRandom(1));
  x!.forEach((value, n) => expect(y![n]).toBeCloseTo(2 * value + 1, 12));
});

test('the moons without noise lie on two circles of radius 1, the second about (1, ½)', () => {
  const [x1, x2, y] = samples.moons.generate(pure, createRandom(1));
  x1!.forEach((x, n) => {
    const [cx, cy] = y![n] === 0 ? [0, 0] : [1, 0.5];
    expect(Math.hypot(x - cx, x2![n]! - cy)).toBeCloseTo(1, 12);
    expect(y![n] === 0 ? x2![n]! >= 0 : x2![n]! <= 0.5).toBe(true);
  });
});

test('the arms of the spirals are the same arm, turned by a K-th', () => {
  const [x1, x2, y] = samples.spirals.generate({ examples: 300, noise: 0, classes: 3 }, createRandom(1));
  for (let n = 0; n < 300; n += 3) {
    for (const c of [1, 2]) {
      const turn = (2 * Math.PI * c) / 3;
      expect(y![n + c]).toBe(c);
      expect(x1![n + c]).toBeCloseTo(x1![n]! * Math.cos(turn) + x2![n]! * Math.sin(turn), 9);
      expect(x2![n + c]).toBeCloseTo(x2![n]! * Math.cos(turn) - x1![n]! * Math.sin(turn), 9);
    }
  }
});

test('the sine without noise is sin(3πx/2), and house prices are a relu of the size', () => {
  const [x, y] = samples.sine.generate(pure, createRandom(1));
  x!.forEach((value, n) => expect(y![n]).toBeCloseTo(Math.sin(1.5 * Math.PI * value), 12));
  const [size, price] = samples['house-prices'].generate(pure, createRandom(1));
  size!.forEach((value, n) => expect(price![n]).toBeCloseTo(Math.max(0, 4 * value - 240), 9));
  expect(price!.filter((value) => value === 0).length).toBeGreaterThan(10);
});

test('blobs keep their classes apart', () => {
  const [x1, x2, y] = samples.blobs.generate({ examples: 80, noise: 0, classes: 8 }, createRandom(1));
  const centres = new Set(Array.from(x1!, (x, n) => [y![n], x.toFixed(6), x2![n]!.toFixed(6)].join()));
  expect(centres.size).toBe(8);
});
