import type { Boundary as Picture } from '../../src-worker/api';
import { classColors, mix, type DataColors, type Rgb } from './color';
import type { Range } from './scale';

type Boundary = Pick<Picture, 'columns' | 'rows' | 'outputs' | 'values'>;

/** What the colours of a picture stand for. */
export type BoundaryMeaning =
  { readonly kind: 'classes'; readonly count: number } | { readonly kind: 'values'; readonly range: Range };

/** Okabe and Ito's colours are drawn paler in a field than in the points on it, so that a point shows on its own colour. */
const CLASS_STRENGTH = 0.55;

/**
 * The colours of a boundary, `[rows, columns, RGBA]`, top row first as canvases want it (a {@link Boundary} starts at the lowest y).
 *
 * Two classes: from the negative colour (ŷ = 0) over the page's (0.5) to the positive one (1). More classes: their colours
 * blended by the outputs' shares, so that an undecided place looks undecided. Values: low to high over `range`.
 */
export function boundaryImage(
  boundary: Boundary,
  meaning: BoundaryMeaning,
  colors: DataColors,
): Uint8ClampedArray<ArrayBuffer> {
  const { columns, rows, outputs } = boundary;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const paint = painter(boundary, meaning, colors, pixels);
  for (let row = 0; row < rows; row++) {
    const target = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const at = (target + column) * 4;
      paint((row * columns + column) * outputs, at);
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** Between the negative colour (−1), the neutral one (0) and the positive one (1). */
export function signColor(value: number, colors: DataColors): Rgb {
  const clamped = Math.max(-1, Math.min(1, value));
  return mix(colors.neutral, clamped < 0 ? colors.negative : colors.positive, Math.abs(clamped));
}

/** Paints the pixel at `at` with the values from `offset` on. Without a colour object for each of ten thousand pixels, twenty times a second. */
type Painter = (offset: number, at: number) => void;

function painter(
  { values, outputs }: Boundary,
  meaning: BoundaryMeaning,
  colors: DataColors,
  pixels: Uint8ClampedArray,
): Painter {
  const ramp = rampOf(colors);
  const paintSign = (value: number, at: number): void => {
    const step = 3 * Math.round(RAMP * (1 + Math.max(-1, Math.min(1, value))));
    pixels[at] = ramp[step]!;
    pixels[at + 1] = ramp[step + 1]!;
    pixels[at + 2] = ramp[step + 2]!;
  };
  if (meaning.kind === 'values') {
    const { min, max } = meaning.range;
    return (offset, at) => paintSign(max > min ? (2 * (values[offset]! - min)) / (max - min) - 1 : 0, at);
  }
  if (outputs === 1) return (offset, at) => paintSign(2 * values[offset]! - 1, at);
  if (outputs === 2) {
    return (offset, at) => {
      const sum = positiveSum(values, offset, 2);
      paintSign(sum > 0 ? (2 * Math.max(0, values[offset + 1]!)) / sum - 1 : 0, at);
    };
  }
  const palette = classColors(outputs, colors);
  return (offset, at) => {
    const sum = positiveSum(values, offset, outputs);
    for (let channel = 0; channel < 3; channel++) {
      let blended = 0;
      for (let k = 0; k < outputs; k++) {
        blended += (sum > 0 ? Math.max(0, values[offset + k]!) / sum : 1 / outputs) * palette[k]![channel]!;
      }
      const neutral = colors.neutral[channel]!;
      pixels[at + channel] = neutral + (blended - neutral) * CLASS_STRENGTH;
    }
  };
}

/** Steps from the neutral colour to each end: more than the eye or eight bits tell apart. */
const RAMP = 512;

/** {@link signColor} from −1 to 1, in red, green and blue. */
function rampOf(colors: DataColors): Uint8ClampedArray {
  const ramp = new Uint8ClampedArray(3 * (2 * RAMP + 1));
  for (let step = 0; step <= 2 * RAMP; step++) ramp.set(signColor(step / RAMP - 1, colors), 3 * step);
  return ramp;
}

/** What the outputs are shares of. A softmax sums to 1 already; K sigmoids do not. */
function positiveSum(values: Float32Array, offset: number, outputs: number): number {
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += Math.max(0, values[offset + k]!);
  return sum;
}
