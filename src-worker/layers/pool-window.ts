import type { ExtentField } from '../experiment/field';
import { succeed, type Outcome } from '../problem';
import type { Shape } from '../tensor';
import type { LayerPlace } from './layer';
import { kernelField, placeWindow, strideField, windowAt, type Sliding, type Window } from './window';

/** A place of either pool. */
export type PoolPlace = LayerPlace<'max-pool2d'> | LayerPlace<'avg-pool2d'>;

/** The fields of a pool: windows side by side unless a stride says otherwise. */
export const poolFields: readonly ExtentField[] = [
  {
    ...kernelField,
    name: 'size',
    label: 'Size',
    help: 'Height and width of the window in pixels: 2, or 2 × 3 for another width than height.',
    default: 2,
  },
  {
    ...strideField,
    help: 'How many pixels the window moves on by; as many as its size puts the windows side by side.',
    default: 2,
    follows: 'size',
  },
];

/** The window of a pool at a place that fits. */
export function poolWindow(place: PoolPlace): Window {
  return windowAt(place, slidingOf(place));
}

/** Every channel by itself becomes an image of one number per window; what no whole window covers is left out. */
export function poolOutput(place: PoolPlace): Outcome<Shape> {
  const placed = placeWindow(place, slidingOf(place));
  if (!placed.ok) return placed;
  const { channels, outHeight, outWidth } = placed.value;
  return succeed([channels, outHeight, outWidth]);
}

/** Every window of every channel of `rows` examples: the index of its output and of the pixel at its top left. */
export function eachWindow(window: Window, rows: number, visit: (output: number, corner: number) => void): void {
  const { channels, height, width, strideHeight, strideWidth, outHeight, outWidth } = window;
  for (let plane = 0; plane < rows * channels; plane++) {
    for (let u = 0; u < outHeight; u++) {
      for (let v = 0; v < outWidth; v++) {
        visit((plane * outHeight + u) * outWidth + v, (plane * height + u * strideHeight) * width + v * strideWidth);
      }
    }
  }
}

function slidingOf({ layer: { size, stride } }: PoolPlace): Sliding {
  return { kernel: size, stride, padding: 'valid', field: 'size', noun: 'window' };
}
