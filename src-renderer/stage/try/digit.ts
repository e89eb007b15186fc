import type { InputForm } from '../../../src-worker/api';
import type { Stroke } from '../../state/try-it.svelte';

type ImageForm = NonNullable<InputForm['image']>;

/** Half the width of the pen, as a share of the image's shorter side: 2.5 pixels of 28 across. */
const PEN = 0.045;
/** MNIST's digits are brought into a box of 20 × 20 pixels of 28 × 28 (LeCun et al., 1998). */
const BOX = 20 / 28;
/** A dot is not blown up to fill the box. */
const MOST_GROWTH = 4;

/**
 * The pixels of a drawing as the training images have them, `[channels, height, width]`: ink at the bright end of their range on dark paper, and
 * the other way round.
 */
export function drawnPixels(strokes: readonly Stroke[], form: ImageForm, centred: boolean): Float32Array {
  const [channels = 1, height = 1, width = 1] = form.shape;
  const { low, high, dark, whole } = form;
  const ink = inkOf(strokes, width, height, centred);
  const [paper, pen] = dark ? [low, high] : [high, low];
  return Float32Array.from({ length: channels * width * height }, (_, at) => {
    const value = paper + (pen - paper) * ink[at % (width * height)]!;
    return whole ? Math.round(value) : value;
  });
}

/**
 * How much of each pixel the pen covers, from 0 to 1, `[height, width]`: by the distance from the middle of its line, so that edges are smooth.
 * @param centred first brought into the box with its proportions kept, then moved so that its centre of mass is the middle, as MNIST's digits were
 */
export function inkOf(strokes: readonly Stroke[], width: number, height: number, centred: boolean): Float32Array {
  const side = Math.min(width, height);
  const placed = strokes.map((stroke) => stroke.map(([x, y]) => [x * width, y * height] as const));
  if (!centred || placed.length === 0) return cover(placed, width, height, PEN * side);
  const boxed = intoBox(placed, width, height, (BOX - 2 * PEN) * side);
  const [x, y] = centreOfMass(cover(boxed, width, height, PEN * side), width);
  // Nothing is moved over the edge: there is as much room beside the box on every side.
  const [most, least] = [(side * (1 - BOX)) / 2, (side * (BOX - 1)) / 2];
  const within = (shift: number): number => Math.max(least, Math.min(most, shift));
  return cover(moved(boxed, within(width / 2 - x), within(height / 2 - y)), width, height, PEN * side);
}

function intoBox(strokes: readonly Stroke[], width: number, height: number, side: number): readonly Stroke[] {
  const points = strokes.flat();
  const [left, right] = endsOf(points.map(([x]) => x));
  const [top, bottom] = endsOf(points.map(([, y]) => y));
  const growth = Math.min(MOST_GROWTH, side / Math.max(right - left, bottom - top, 1e-9));
  const grow = (at: number, from: number, to: number, room: number): number =>
    (at - (from + to) / 2) * growth + room / 2;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => [grow(x, left, right, width), grow(y, top, bottom, height)] as const),
  );
}

function endsOf(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function moved(strokes: readonly Stroke[], across: number, down: number): readonly Stroke[] {
  return strokes.map((stroke) => stroke.map(([x, y]) => [x + across, y + down] as const));
}

/** Of the ink, in pixels; the middle of the first pixel is at a half. */
function centreOfMass(ink: Float32Array, width: number): readonly [x: number, y: number] {
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, at) => {
    mass += value;
    x += value * ((at % width) + 0.5);
    y += value * (Math.floor(at / width) + 0.5);
  });
  return mass > 0 ? [x / mass, y / mass] : [width / 2, ink.length / width / 2];
}

function cover(strokes: readonly Stroke[], width: number, height: number, radius: number): Float32Array {
  const ink = new Float32Array(width * height);
  const reach = radius + 0.5;
  for (const stroke of strokes) {
    stroke.forEach((to, n) => {
      const from = stroke[Math.max(0, n - 1)]!;
      const [top, bottom] = endsOf([from[1], to[1]]);
      const [left, right] = endsOf([from[0], to[0]]);
      for (let row = Math.max(0, Math.floor(top - reach)); row < Math.min(height, bottom + reach); row++) {
        for (let column = Math.max(0, Math.floor(left - reach)); column < Math.min(width, right + reach); column++) {
          const covered = Math.min(1, reach - distance(column + 0.5, row + 0.5, from, to));
          const at = row * width + column;
          if (covered > ink[at]!) ink[at] = covered;
        }
      }
    });
  }
  return ink;
}

/** From a point to the nearest one between two others. */
function distance(x: number, y: number, from: Stroke[number], to: Stroke[number]): number {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const length = across ** 2 + down ** 2;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from[0]) * across + (y - from[1]) * down) / length));
  return Math.hypot(x - from[0] - share * across, y - from[1] - share * down);
}
