import { expect, it } from 'vitest';
import { classColors, fromHex, type DataColors, type Rgb } from './color';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Linear RGB as eyes without red or green receptors take it in: G. M. Machado et al. 2009, table 1, severity 1. */
const EYES: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Linear RGB to cone responses, and their cube roots to Oklab, in which distances are those that are seen: B. Ottosson 2020. */
const CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  const row = ([x, y, z]: Triple): number => x * a + y * b + z * c;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function each([a, b, c]: Triple, change: (value: number) => number): Triple {
  return [change(a), change(b), change(c)];
}

function seen(color: Rgb, eye: Matrix): Triple {
  const linear = each(color, (value) => (value > 10.3 ? ((value / 255 + 0.055) / 1.055) ** 2.4 : value / 255 / 12.92));
  const inGamut = each(times(eye, linear), (value) => Math.min(1, Math.max(0, value)));
  return times(OKLAB, each(times(CONES, inGamut), Math.cbrt));
}

/** The distance of the two colours that this eye takes for each other first. */
function closest(colors: readonly Rgb[], eye: Matrix): number {
  const places = colors.map((color) => seen(color, eye));
  const pairs = places.flatMap((a, i) =>
    places.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  );
  return Math.min(...pairs);
}

it.each([
  ['light', '#1c1d22'],
  ['dark', '#ececf0'],
])('tells ten classes apart, %s, as well as the palette tells its own seven', (_theme, ink) => {
  const colors = { ink: fromHex(ink) } as DataColors;
  const ofPalette = Math.min(...Object.values(EYES).map((eye) => closest(classColors(7, colors), eye)));
  for (const [name, eye] of Object.entries(EYES)) {
    expect(closest(classColors(10, colors), eye), name).toBeGreaterThan(0.99 * ofPalette);
  }
});
