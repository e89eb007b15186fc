import { expect, test } from 'vitest';
import { drawnPixels, inkOf } from './digit';

const side = 28;
const one = [
  [
    [0.1, 0.1],
    [0.1, 0.3],
  ],
] as const;

function extent(ink: Float32Array) {
  const [rows, columns]: [number[], number[]] = [[], []];
  ink.forEach((value, at) => {
    if (value === 0) return;
    rows.push(Math.floor(at / side));
    columns.push(at % side);
  });
  return { top: Math.min(...rows), bottom: Math.max(...rows), left: Math.min(...columns), right: Math.max(...columns) };
}

test('a stroke covers what lies within half a pen, smooth at its edges', () => {
  const ink = inkOf(
    [
      [
        [0.25, 0.5],
        [0.75, 0.5],
      ],
    ],
    side,
    side,
    false,
  );
  const at = (row: number, column: number) => ink[row * side + column]!;
  // The pen is 2.52 pixels wide and lies between rows 13 and 14: each is covered, and a quarter of the next.
  expect([at(13, 14), at(14, 14)]).toEqual([1, 1]);
  expect(at(12, 14)).toBeCloseTo(0.26, 5);
  expect(at(11, 14)).toBe(0);
  expect(Math.max(...ink)).toBe(1);
});

test('centred, the longer side fills 20 of 28 pixels, and the centre of mass is the middle', () => {
  const ink = inkOf(one, side, side, true);
  const { top, bottom } = extent(ink);
  expect(bottom - top + 1).toBeGreaterThanOrEqual(20);
  expect(bottom - top + 1).toBeLessThanOrEqual(22);
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, at) => {
    mass += value;
    x += value * ((at % side) + 0.5);
    y += value * (Math.floor(at / side) + 0.5);
  });
  expect(Math.abs(x / mass - 14)).toBeLessThan(0.05);
  expect(Math.abs(y / mass - 14)).toBeLessThan(0.05);
  expect(extent(inkOf(one, side, side, false))).toMatchObject({ top: 1, bottom: 9 });
});

test('wherever it is drawn and however large, a centred drawing is the same', () => {
  const shape = [
    [0, 0],
    [0.2, 0.1],
    [0.1, 0.3],
  ] as const;
  const drawn = (scale: number, x: number, y: number) =>
    inkOf([shape.map(([a, b]) => [a * scale + x, b * scale + y] as const)], side, side, true);
  const [first, second] = [drawn(1, 0.1, 0.1), drawn(2, 0.3, 0.2)];
  expect(Math.max(...first.map((value, at) => Math.abs(value - second[at]!)))).toBeLessThan(1e-4);
});

test('a dot stays a dot, and nothing is nothing', () => {
  const { left, right } = extent(inkOf([[[0.2, 0.9]]], side, side, true));
  expect(right - left + 1).toBeLessThanOrEqual(4);
  expect(Math.max(...inkOf([], side, side, true))).toBe(0);
});

test('ink and paper take the ends of the range that the training images have', () => {
  const strokes = [[[0.5, 0.5]]] as const;
  const bytes = drawnPixels(strokes, { shape: [1, 5, 5], low: 0, high: 255, dark: true, whole: true }, false);
  expect([bytes[12], bytes[0]]).toEqual([185, 0]);
  const light = drawnPixels(strokes, { shape: [3, 5, 5], low: -1, high: 1, dark: false, whole: false }, false);
  expect([light.length, light[0], light[25]]).toEqual([75, 1, 1]);
  expect(light[12]).toBeCloseTo(1 - 2 * 0.725, 5);
  expect(light[62]).toBe(light[12]);
});
