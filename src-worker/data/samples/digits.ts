import { strokesOf } from './pictures/digit-strokes';
import { between } from './pictures/draws';
import { sampleFields, type ImageSample } from './sample';

const SIDE = 16;

/**
 * Small grey digits, 16 × 16, written with a pen of random width: the strokes of each digit are leaned, stretched, turned and moved at
 * random, and each of their points shakes a little. Drawn here, so that any number can be had and no data set has to be fetched.
 */
export const digits: ImageSample<'digits'> = {
  kind: 'digits',
  form: 'images',
  label: 'Small digits',
  summary: 'Ten handwritten-looking digits of 16 × 16 pixels: the smallest picture task with ten classes.',
  fields: sampleFields({
    examples: 2000,
    noise: 0.05,
    maxNoise: 0.5,
    maxExamples: 20_000,
    step: 0.01,
    noiseHelp: 'Standard deviation of the noise on each pixel, where black is 0 and white 1.',
  }),
  equation: String.raw`x \in \mathbb{R}^{16 \times 16}`,
  source: 'drawn by the app',
  task: 'multi-class',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shape: [1, SIDE, SIDE],

  draw(n, noise, random, pixels) {
    const digit = n % 10;
    const [lean, turn] = [between(random, -0.25, 0.35), between(random, -0.15, 0.15)];
    const [width, height] = [between(random, 5.5, 9), between(random, 9, 12.5)];
    const [left, top] = [between(random, -1, 1) + SIDE / 2, between(random, -1, 1) + SIDE / 2];
    const pen = between(random, 0.6, 1.15);
    const place = ([x, y]: readonly [number, number]): readonly [number, number] => {
      const u = (x - 0.5 - lean * (y - 0.5)) * width + 0.35 * random.normal();
      const v = (y - 0.5) * height + 0.35 * random.normal();
      return [left + u * Math.cos(turn) - v * Math.sin(turn), top + u * Math.sin(turn) + v * Math.cos(turn)];
    };
    const strokes = strokesOf(digit).map((points) => points.map(place));
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const distance = Math.min(...strokes.map((points) => distanceTo(points, column + 0.5, row + 0.5)));
        // Ink fades over one pixel at the pen's edge.
        const ink = Math.min(1, Math.max(0, pen + 0.5 - distance));
        pixels[row * SIDE + column] = Math.round(255 * Math.min(1, Math.max(0, ink + noise * random.normal())));
      }
    }
    return digit;
  },
};

/** Distance of a point from the nearest segment of a line through points. */
function distanceTo(points: readonly (readonly [number, number])[], x: number, y: number): number {
  let nearest = Infinity;
  for (let k = 1; k < points.length; k++) {
    const [[ax, ay], [bx, by]] = [points[k - 1]!, points[k]!];
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return nearest;
}
