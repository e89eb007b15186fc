import { correlateRow, panelsOf, panelStart } from './correlation';
import { CHANNELS_TOGETHER } from './blocks';
import { Lanes } from './lanes';
import { Window } from './window';

/**
 * ∂L/∂x of a convolution: pixel (y, x) of channel c was seen by weight (r, s) from position u = (y + p − r) / S, v = (x + p − s) / S.
 * Of a row of x, every column s of the kernel gets sums of its own,
 *
 *   T[c, s, v] = Σ_r Σ_f W[f, c, r, s] · delta[f, u, v]      dx[c, y, x] = Σ_s T[c, s, (x + p − s) / S]
 *
 * so that no zero around or between the columns of delta is multiplied. Of the rows r only those are visited whose u is a whole number
 * within the output: the weights are ordered by r mod S, then r, then filter, and what a row y needs is one run of them.
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
  const kernelWidth = Window.kernelWidth(w);
  const strideHeight = Window.strideHeight(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  const padTop = Window.padTop(w);
  const steps = kernelHeight * filters;
  const sumsRow = (<usize>lengthOfSums(w)) << 2;
  const table = scratch;
  const packed = table + ((<usize>steps) << 2);
  const sums = packed + ((<usize>(channels * kernelWidth * steps)) << 2);
  const firstSum = sums + ((<usize>(kernelWidth - 1)) << 2);
  const channelBytes = (<usize>(height * width)) << 2;
  const exampleBytes = (<usize>(filters * Window.positions(w))) << 2;
  deltaTable(w, table);
  packColumns(w, W, packed);
  // What surrounds the sums stays 0.
  memory.fill(sums, 0, <usize>(CHANNELS_TOGETHER * kernelWidth) * sumsRow);
  for (let row = from; row < to; row++) {
    const i = row / height;
    const y = row - i * height;
    const q = (y + padTop) / strideHeight;
    const residue = y + padTop - q * strideHeight;
    const low = max(0, q - outHeight + 1);
    const high = min(rowsOf(kernelHeight, strideHeight, residue), q + 1);
    const count = max(0, high - low) * filters;
    const first = (firstRow(kernelHeight, strideHeight, residue) + low) * filters;
    const at = delta + <usize>i * exampleBytes + ((<usize>(q * outWidth)) << 2);
    let out = dx + <usize>(i * channels) * channelBytes + ((<usize>(y * width)) << 2);
    for (let c = 0; c < channels; c += CHANNELS_TOGETHER) {
      const together = min(CHANNELS_TOGETHER, channels - c);
      const columns = together * kernelWidth;
      const panels = panelsOf(columns);
      for (let panel = 0; panel < panels; panel++) {
        const start = panelStart(columns, panel);
        const rows = panelStart(columns, panel + 1) - start;
        correlateRow(
          rows,
          outWidth,
          count,
          table + ((<usize>first) << 2),
          at,
          packed + ((<usize>((c * kernelWidth + start) * steps + first * rows)) << 2),
          firstSum + <usize>start * sumsRow,
          sumsRow,
          0,
        );
      }
      let column = firstSum;
      for (let channel = 0; channel < together; channel++) {
        if (Window.strideWidth(w) == 1) addColumns(w, column, sumsRow, out);
        else spreadColumns(w, column, sumsRow, out);
        column += <usize>kernelWidth * sumsRow;
        out += channelBytes;
      }
    }
  }
}

/** Numbers in a row of sums: zeros before them, as many as the kernel overlaps, and behind them as far as x is read. */
function lengthOfSums(w: usize): i32 {
  const width = (Window.width(w) + 3) & ~3;
  return Window.kernelWidth(w) - 1 + max(Window.outWidth(w), Window.padLeft(w) + width);
}

/** dx[x] = Σ_s T[s, x + p − s], for a stride of 1. */
function addColumns(w: usize, sums: usize, sumsRow: usize, dx: usize): void {
  const kernelWidth = Window.kernelWidth(w);
  const width = Window.width(w);
  sums += (<usize>Window.padLeft(w)) << 2;
  for (let x = 0; x < width; x += 4) {
    let at = sums;
    let sum = v128.load(at);
    for (let s = 1; s < kernelWidth; s++) {
      at += sumsRow - 4;
      sum = f32x4.add(sum, v128.load(at));
    }
    Lanes.storeFirst(dx, sum, width - x);
    sums += 16;
    dx += 16;
  }
}

/** The same for any stride. */
function spreadColumns(w: usize, sums: usize, sumsRow: usize, dx: usize): void {
  const kernelWidth = Window.kernelWidth(w);
  const stride = Window.strideWidth(w);
  const outWidth = Window.outWidth(w);
  const padLeft = Window.padLeft(w);
  const width = Window.width(w);
  memory.fill(dx, 0, (<usize>width) << 2);
  for (let s = 0; s < kernelWidth; s++) {
    let x = s - padLeft;
    for (let v = 0; v < outWidth && x < width; v++) {
      if (x >= 0) {
        const at = dx + ((<usize>x) << 2);
        f32.store(at, f32.load(at) + f32.load(sums + ((<usize>v) << 2)));
      }
      x += stride;
    }
    sums += sumsRow;
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

/** Byte offset of every step from row q = ⌊(y + p) / S⌋ of delta. */
function deltaTable(w: usize, table: usize): void {
  const kernelHeight = Window.kernelHeight(w);
  const stride = Window.strideHeight(w);
  const row = Window.outWidth(w);
  const plane = Window.positions(w);
  const filters = Window.filters(w);
  for (let residue = 0; residue < stride; residue++) {
    for (let j = 0; residue + j * stride < kernelHeight; j++) {
      for (let f = 0; f < filters; f++) {
        store<i32>(table, (f * plane - j * row) << 2);
        table += 4;
      }
    }
  }
}

/** The weights as panels of the columns of the channels' kernels, `[steps, rows]`, steps in the order of the table. */
function packColumns(w: usize, W: usize, packed: usize): void {
  const channels = Window.channels(w);
  const kernelWidth = Window.kernelWidth(w);
  for (let c = 0; c < channels; c += CHANNELS_TOGETHER) {
    const columns = min(CHANNELS_TOGETHER, channels - c) * kernelWidth;
    const panels = panelsOf(columns);
    for (let panel = 0; panel < panels; panel++) {
      const first = c * kernelWidth + panelStart(columns, panel);
      const last = c * kernelWidth + panelStart(columns, panel + 1);
      packed = packPanel(w, W, first, last, packed);
    }
  }
}

/** One panel: columns `first` to before `last`, counted over the channels. Returns the place behind it. */
function packPanel(w: usize, W: usize, first: i32, last: i32, packed: usize): usize {
  const filters = Window.filters(w);
  const taps = Window.taps(w);
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const stride = Window.strideHeight(w);
  for (let residue = 0; residue < stride; residue++) {
    for (let r = residue; r < kernelHeight; r += stride) {
      for (let f = 0; f < filters; f++) {
        for (let column = first; column < last; column++) {
          const c = column / kernelWidth;
          const weight = f * taps + (c * (kernelHeight - 1) + r) * kernelWidth + column;
          f32.store(packed, f32.load(W + ((<usize>weight) << 2)));
          packed += 4;
        }
      }
    }
  }
  return packed;
}
