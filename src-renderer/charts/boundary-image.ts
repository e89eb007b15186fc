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
  const { columns, rows } = boundary;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const colorAt = painter(boundary, meaning, colors);
  for (let row = 0; row < rows; row++) {
    const target = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const color = colorAt((row * columns + column) * boundary.outputs);
      const at = (target + column) * 4;
      pixels[at] = color[0];
      pixels[at + 1] = color[1];
      pixels[at + 2] = color[2];
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

function painter(boundary: Boundary, meaning: BoundaryMeaning, colors: DataColors): (offset: number) => Rgb {
  const { values, outputs } = boundary;
  if (meaning.kind === 'values') {
    const { min, max } = meaning.range;
    return (offset) => signColor(max > min ? (2 * (values[offset]! - min)) / (max - min) - 1 : 0, colors);
  }
  if (outputs === 1) return (offset) => signColor(2 * values[offset]! - 1, colors);
  if (outputs === 2) return (offset) => signColor(2 * share(values, offset, 2, 1) - 1, colors);
  const palette = classColors(outputs, colors);
  return (offset) => {
    let [red, green, blue] = [0, 0, 0];
    for (let k = 0; k < outputs; k++) {
      const weight = share(values, offset, outputs, k);
      red += weight * palette[k]![0];
      green += weight * palette[k]![1];
      blue += weight * palette[k]![2];
    }
    return mix(colors.neutral, [red, green, blue], CLASS_STRENGTH);
  };
}

/** Output k as a share of all outputs. A softmax sums to 1 already; K sigmoids do not. */
function share(values: Float32Array, offset: number, outputs: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < outputs; i++) sum += Math.max(0, values[offset + i]!);
  return sum > 0 ? Math.max(0, values[offset + k]!) / sum : 1 / outputs;
}
