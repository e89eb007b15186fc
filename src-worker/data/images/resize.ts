import type { ImageFit } from '../../experiment/document';
import type { ImageSize } from './image-format';
import type { Raster } from './raster';

/** Part of the source that is shown and part of the result that it fills, both as [first, length] in pixels. */
interface Axis {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/**
 * How an axis is laid onto another: `stretch` fills it whatever the proportions, `crop` cuts off what exceeds the result's proportions on both
 * sides, `contain` keeps everything and leaves black beside it.
 */
function placeOf(source: ImageSize, size: ImageSize, fit: ImageFit): { x: Axis; y: Axis } {
  const whole = (from: number, to: number): Axis => ({ from: [0, from], to: [0, to] });
  const wide = source.width * size.height - source.height * size.width;
  const stretched = { x: whole(source.width, size.width), y: whole(source.height, size.height) };
  if (fit === 'stretch' || wide === 0) return stretched;
  if (fit === 'crop') {
    // Too wide: columns go; too high: rows go.
    if (wide > 0) return { ...stretched, x: cut(source.width, (source.height * size.width) / size.height, size.width) };
    return { ...stretched, y: cut(source.height, (source.width * size.height) / size.width, size.height) };
  }
  if (wide > 0) return { ...stretched, y: inset(source.height, size.height, size.width / source.width) };
  return { ...stretched, x: inset(source.width, size.width, size.height / source.height) };
}

function cut(source: number, kept: number, size: number): Axis {
  return { from: [(source - kept) / 2, kept], to: [0, size] };
}

/** Whole pixels, so that no edge is mixed with the black beside it. */
function inset(source: number, size: number, scale: number): Axis {
  const filled = Math.min(size, Math.max(1, Math.round(source * scale)));
  return { from: [0, source], to: [Math.floor((size - filled) / 2), filled] };
}

/** For each pixel of the result along an axis: the pixels of the source it is made of, and the share of each. */
interface Taps {
  readonly first: Int32Array;
  readonly counts: Int32Array;
  /** `most` for each pixel of the result. */
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * Shares along an axis. Where it shrinks, a pixel is the mean of what it covers, parts of pixels by their part (area averaging); where it
 * grows, it is interpolated linearly between the centres of two, the edge repeated beyond.
 */
function tapsOf(length: number, { from: [start, span], to: [, size] }: Axis): Taps {
  const step = span / size;
  const most = step > 1 ? Math.ceil(step) + 1 : 2;
  const first = new Int32Array(size);
  const counts = new Int32Array(size);
  const weights = new Float64Array(size * most);
  const clamp = (at: number): number => Math.min(length - 1, Math.max(0, at));
  for (let n = 0; n < size; n++) {
    if (step > 1) {
      const low = start + n * step;
      const high = Math.min(length, low + step);
      first[n] = clamp(Math.floor(low));
      counts[n] = Math.min(most, clamp(Math.ceil(high) - 1) - first[n]! + 1);
      for (let k = 0; k < counts[n]!; k++) {
        const pixel = first[n]! + k;
        weights[n * most + k] = (Math.min(high, pixel + 1) - Math.max(low, pixel)) / (high - low);
      }
    } else {
      const centre = start + (n + 0.5) * step - 0.5;
      const left = Math.floor(centre);
      first[n] = clamp(left);
      const right = clamp(left + 1);
      counts[n] = right - first[n]! + 1;
      if (counts[n] === 1) weights[n * most] = 1;
      else {
        weights[n * most] = 1 - (centre - left);
        weights[n * most + 1] = centre - left;
      }
    }
  }
  return { first, counts, weights, most };
}

/**
 * An image of another size: rows first, then columns, in float64, rounded once to the nearest. The same bits on every machine. Fresh, except where
 * the size is the same.
 */
export function resize(raster: Raster, size: ImageSize, fit: ImageFit): Raster {
  const { width, height, channels, pixels } = raster;
  if (width === size.width && height === size.height) return raster;
  const { x, y } = placeOf(raster, size, fit);
  const columns = tapsOf(width, x);
  const rows = tapsOf(height, y);
  const filledWidth = x.to[1];
  const filledHeight = y.to[1];
  const rowSize = filledWidth * channels;
  const lastRow = rows.first[filledHeight - 1]! + rows.counts[filledHeight - 1]!;
  const firstRow = rows.first[0]!;
  const narrow = new Float64Array((lastRow - firstRow) * rowSize);
  for (let row = firstRow; row < lastRow; row++) {
    for (let n = 0; n < filledWidth; n++) {
      const at = (row - firstRow) * rowSize + n * channels;
      for (let k = 0; k < columns.counts[n]!; k++) {
        const weight = columns.weights[n * columns.most + k]!;
        const from = (row * width + columns.first[n]! + k) * channels;
        for (let c = 0; c < channels; c++) narrow[at + c]! += weight * pixels[from + c]!;
      }
    }
  }
  const result = new Uint8Array(size.width * size.height * channels);
  const line = new Float64Array(rowSize);
  for (let n = 0; n < filledHeight; n++) {
    line.fill(0);
    for (let k = 0; k < rows.counts[n]!; k++) {
      const weight = rows.weights[n * rows.most + k]!;
      const from = (rows.first[n]! + k - firstRow) * rowSize;
      for (let i = 0; i < rowSize; i++) line[i]! += weight * narrow[from + i]!;
    }
    const at = ((y.to[0] + n) * size.width + x.to[0]) * channels;
    for (let i = 0; i < rowSize; i++) result[at + i] = Math.floor(line[i]! + 0.5);
  }
  return { ...size, channels, pixels: result };
}
