import { paintGrid } from '../../charts/number-map';
import type { Shape } from '../../../src-worker/api';

/** Pixels between two channels of a tile. */
const GAP = 1;

/**
 * Paints `[channels, height, width]` numbers on a canvas of its own size, the channels side by side, blue above 0 and orange below.
 * @param from where they begin
 */
export function paintTile(
  node: HTMLCanvasElement,
  values: Float32Array,
  from: number,
  [channels = 1, height = 1, width = 1]: Shape,
  largest: number,
): void {
  node.width = channels * (width + GAP) - GAP;
  node.height = height;
  const ctx = node.getContext('2d');
  for (let channel = 0; channel < channels; channel++) {
    const plane = { rows: height, columns: width, values, from: from + channel * height * width, largest };
    ctx?.putImageData(paintGrid(plane), channel * (width + GAP), 0);
  }
}

/** The same with red, green and blue for its three channels: grey where a weight is 0, full colour at `largest`. */
export function paintColors(
  node: HTMLCanvasElement,
  values: Float32Array,
  from: number,
  [, height = 1, width = 1]: Shape,
  largest: number,
): void {
  const image = new ImageData(width, height);
  const plane = width * height;
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = 127.5 + (largest > 0 ? (127.5 * (values[from + c * plane + i] ?? 0)) / largest : 0);
    }
    image.data[4 * i + 3] = 255;
  }
  node.width = width;
  node.height = height;
  node.getContext('2d')?.putImageData(image, 0, 0);
}

/** The size of the largest number, those that are not finite left out. */
export function largestOf(values: Float32Array, from = 0, to = values.length): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** The least and the largest number, those that are not finite left out; 0 and 0 where there are none. */
export function extremesOf(values: Float32Array): { readonly min: number; readonly max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min && value !== -Infinity) min = value;
    if (value > max && value !== Infinity) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}
