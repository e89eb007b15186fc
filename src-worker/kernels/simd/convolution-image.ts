import { Window } from './window';

/**
 * The image as the convolution reads it. Without padding and with neighbouring columns side by side that is x itself. Otherwise
 * it is a copy: zeros around it, and every row in as many phases as the stride has columns, phase q holding columns q, q + S,
 * q + 2S, …: the pixels under one weight at neighbouring positions lie side by side then, whatever the stride.
 */

/** Pixels in a phase of a row. */
export function phaseLength(w: usize): i32 {
  return Window.imageRow(w) / Window.strideWidth(w);
}

/** Writes the copies of channels `from` to `to`, counted over the whole batch. */
export function convolutionImage(w: usize, x: usize, image: usize, from: i32, to: i32): void {
  const height = Window.height(w);
  const width = Window.width(w);
  const row = (<usize>width) << 2;
  const imageHeight = Window.imageHeight(w);
  const imageRow = (<usize>Window.imageRow(w)) << 2;
  const padTop = Window.padTop(w);
  const padLeft = Window.padLeft(w);
  const stride = Window.strideWidth(w);
  const phase = phaseLength(w);
  for (let plane = from; plane < to; plane++) {
    const source = x + <usize>(plane * height) * row;
    let target = image + <usize>(plane * imageHeight) * imageRow;
    memory.fill(target, 0, <usize>imageHeight * imageRow);
    for (let y = 0; y < imageHeight; y++) {
      const inside = y - padTop;
      if (inside >= 0 && inside < height) {
        copyRow(source + <usize>inside * row, width, padLeft, stride, phase, target);
      }
      target += imageRow;
    }
  }
}

function copyRow(source: usize, width: i32, padLeft: i32, stride: i32, phase: i32, target: usize): void {
  if (stride == 1) {
    memory.copy(target + ((<usize>padLeft) << 2), source, (<usize>min(width, phase - padLeft)) << 2);
    return;
  }
  for (let q = 0; q < stride; q++) {
    let column = q - padLeft;
    for (let j = 0; j < phase && column < width; j++) {
      if (column >= 0) f32.store(target + ((<usize>j) << 2), f32.load(source + ((<usize>column) << 2)));
      column += stride;
    }
    target += (<usize>phase) << 2;
  }
}

/** Byte offset of every weight's pixel from that of the position, in the order of the weights: `[taps]`. */
export function imageTable(w: usize, table: usize): void {
  const channels = Window.channels(w);
  const imageRow = Window.imageRow(w);
  const imageHeight = Window.imageHeight(w);
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const stride = Window.strideWidth(w);
  const phase = phaseLength(w);
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < kernelHeight; r++) {
      const row = (c * imageHeight + r) * imageRow;
      for (let s = 0; s < kernelWidth; s++) {
        store<i32>(table, (row + (s % stride) * phase + s / stride) << 2);
        table += 4;
      }
    }
  }
}
