import { correlateRow, panelsOf, panelStart } from './correlation';
import { Lanes } from './lanes';
import { Window } from './window';

/**
 * ∂L/∂x of a convolution is a convolution again: pixel (y, x) of channel c was seen by weight (r, s) from position
 * u = (y + p − r) / S, v = (x + p − s) / S. Rows of delta are spread out by the stride with zeros between and around them, so that
 * the columns need no case; of the rows r only those are visited whose u is a whole number within the output. For that the
 * weights are ordered by r mod S, then r, then filter, then s: what a row y needs is one run of them.
 */

/**
 * dx for rows `from` to `to` of the input, counted over the examples: a row is `[width]` of every channel.
 *
 * @param w       description of the window
 * @param W       `[filters, taps]`
 * @param delta   `[rows, filters, outHeight, outWidth]`
 * @param dx      `[rows, channels, height, width]`
 * @param scratch convolutionInputScratchBytes of ../scratch.ts
 */
export function convolutionInput(
  w: usize,
  W: usize,
  delta: usize,
  dx: usize,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const channels = Window.channels(w);
  const height = Window.height(w);
  const width = Window.width(w);
  const filters = Window.filters(w);
  const kernelHeight = Window.kernelHeight(w);
  const strideHeight = Window.strideHeight(w);
  const outHeight = Window.outHeight(w);
  const padTop = Window.padTop(w);
  const each = filters * Window.kernelWidth(w);
  const steps = kernelHeight * each;
  const spreadBytes = (<usize>spreadRow(w)) << 2;
  const table = scratch;
  const packed = table + ((<usize>steps) << 2);
  const spread = packed + ((<usize>(channels * steps)) << 2);
  const channelBytes = (<usize>(height * width)) << 2;
  const exampleBytes = (<usize>(filters * Window.positions(w))) << 2;
  spreadTable(w, table);
  packChannels(w, W, packed);
  memory.fill(spread, 0, <usize>(filters * outHeight) * spreadBytes);
  const panels = panelsOf(channels);
  let spreadOut = -1;
  for (let row = from; row < to; row++) {
    const i = row / height;
    const y = row - i * height;
    if (i != spreadOut) {
      spreadDelta(w, delta + <usize>i * exampleBytes, spread);
      spreadOut = i;
    }
    const q = (y + padTop) / strideHeight;
    const residue = y + padTop - q * strideHeight;
    const low = max(0, q - outHeight + 1);
    const high = min(rowsOf(kernelHeight, strideHeight, residue), q + 1);
    const count = max(0, high - low) * each;
    const first = (firstRow(kernelHeight, strideHeight, residue) + low) * each;
    const out = dx + <usize>(i * channels) * channelBytes + ((<usize>(y * width)) << 2);
    for (let panel = 0; panel < panels; panel++) {
      const c = panelStart(channels, panel);
      const rows = panelStart(channels, panel + 1) - c;
      correlateRow(
        rows,
        width,
        count,
        table + ((<usize>first) << 2),
        spread + <usize>q * spreadBytes,
        packed + ((<usize>(c * steps + first * rows)) << 2),
        out + <usize>c * channelBytes,
        channelBytes,
        0,
      );
    }
  }
}

/** How many of the kernel's rows r are `residue` modulo the stride. */
function rowsOf(kernelHeight: i32, stride: i32, residue: i32): i32 {
  return (kernelHeight - residue + stride - 1) / stride;
}

/** How many rows of the kernel come before those of `residue`. */
function firstRow(kernelHeight: i32, stride: i32, residue: i32): i32 {
  let rows = 0;
  for (let before = 0; before < residue; before++) rows += max(0, rowsOf(kernelHeight, stride, before));
  return rows;
}

/** Byte offset of every step from the spread row q = ⌊(y + p) / S⌋ at column x. */
function spreadTable(w: usize, table: usize): void {
  const kernelWidth = Window.kernelWidth(w);
  const kernelHeight = Window.kernelHeight(w);
  const stride = Window.strideHeight(w);
  const row = spreadRow(w);
  const plane = Window.outHeight(w) * row;
  const filters = Window.filters(w);
  for (let residue = 0; residue < stride; residue++) {
    for (let j = 0; residue + j * stride < kernelHeight; j++) {
      for (let f = 0; f < filters; f++) {
        for (let s = 0; s < kernelWidth; s++) {
          store<i32>(table, (f * plane - j * row + kernelWidth - 1 - s) << 2);
          table += 4;
        }
      }
    }
  }
}

/** The weights as panels of channels, `[steps, rows]`, steps in the order of the table. */
function packChannels(w: usize, W: usize, packed: usize): void {
  const channels = Window.channels(w);
  const filters = Window.filters(w);
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const stride = Window.strideHeight(w);
  const panels = panelsOf(channels);
  for (let panel = 0; panel < panels; panel++) {
    const first = panelStart(channels, panel);
    const last = panelStart(channels, panel + 1);
    for (let residue = 0; residue < stride; residue++) {
      for (let r = residue; r < kernelHeight; r += stride) {
        for (let f = 0; f < filters; f++) {
          for (let s = 0; s < kernelWidth; s++) {
            for (let c = first; c < last; c++) {
              const weight = ((f * channels + c) * kernelHeight + r) * kernelWidth + s;
              f32.store(packed, f32.load(W + ((<usize>weight) << 2)));
              packed += 4;
            }
          }
        }
      }
    }
  }
}

/** Every row of one example's delta into its spread row; the zeros between stay. */
function spreadDelta(w: usize, delta: usize, spread: usize): void {
  const rows = Window.filters(w) * Window.outHeight(w);
  const stride = Window.strideWidth(w);
  const outWidth = Window.outWidth(w);
  const row = spreadRow(w);
  // Column v goes to place v · S + shift; what falls outside was seen by no pixel of the image.
  const shift = Window.kernelWidth(w) - 1 - Window.padLeft(w);
  const first = shift >= 0 ? 0 : (stride - 1 - shift) / stride;
  const last = min(outWidth, (row - 1 - shift) / stride + 1);
  const start = (<usize>(first * stride + shift)) << 2;
  for (let i = 0; i < rows; i++) {
    const source = delta + ((<usize>(i * outWidth + first)) << 2);
    const target = spread + ((<usize>(i * row)) << 2) + start;
    const count = last - first;
    if (stride == 1) {
      for (let v = 0; v < count; v += 4) {
        const at = (<usize>v) << 2;
        Lanes.storeFirst(target + at, v128.load(source + at), count - v);
      }
    } else {
      for (let v = 0; v < count; v++) {
        f32.store(target + ((<usize>(v * stride)) << 2), f32.load(source + ((<usize>v) << 2)));
      }
    }
  }
}

/** Numbers in a spread row of delta. */
function spreadRow(w: usize): i32 {
  return Window.width(w) + Window.kernelWidth(w) - 1;
}
