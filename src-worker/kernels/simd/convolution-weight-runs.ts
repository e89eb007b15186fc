import { Lanes } from './lanes';
import { Window } from './window';

/**
 * The gradient of the weights of a convolution whose columns lie side by side: a tile is a run of neighbouring weights in one row of
 * the kernel, whose pixels are at constant distances. With an offset of its own for each weight the processor computes more addresses
 * than it multiplies (measured, 5 × 5 on two kinds of image: 21 and 27 against 26 and 34 GFLOP/s on one core).
 */

/** Weights in a run, and filters that are under way with the longest and with the shortest of them: what the registers hold. */
const MOST_RUN: i32 = 5;
const LEAST_RUN: i32 = 3;

/** Whether a kernel has runs that are worth it: a row of fewer weights leaves the multipliers waiting. */
export function hasRuns(w: usize): bool {
  return Window.strideWidth(w) == 1 && Window.kernelWidth(w) >= LEAST_RUN;
}

/** Tiles that the gradient of the weights consists of. */
export function runTiles(w: usize): i32 {
  return filterGroups(w) * Window.channels(w) * Window.kernelHeight(w) * runsOf(w);
}

function runsOf(w: usize): i32 {
  return (Window.kernelWidth(w) + MOST_RUN - 1) / MOST_RUN;
}

function filtersTogether(w: usize): i32 {
  return Window.kernelWidth(w) == LEAST_RUN ? 3 : 2;
}

function filterGroups(w: usize): i32 {
  const together = filtersTogether(w);
  return (Window.filters(w) + together - 1) / together;
}

/** As convolutionWeights of ./convolution-weights, for tiles `from` to `to` of {@link runTiles}. */
export function convolutionWeightRuns(
  w: usize,
  image: usize,
  delta: usize,
  dW: usize,
  rows: i32,
  from: i32,
  to: i32,
): void {
  const kernelWidth = Window.kernelWidth(w);
  const kernelHeight = Window.kernelHeight(w);
  const runs = runsOf(w);
  const each = kernelWidth / runs;
  const longer = kernelWidth % runs;
  const kernelRows = Window.channels(w) * kernelHeight;
  const together = filtersTogether(w);
  for (let tile = from; tile < to; tile++) {
    const run = tile % runs;
    const kernelRow = (tile / runs) % kernelRows;
    const f = (tile / runs / kernelRows) * together;
    const s = run * each + min(run, longer);
    const imageRow = (kernelRow / kernelHeight) * Window.imageHeight(w) + (kernelRow % kernelHeight);
    const x = image + ((<usize>(imageRow * Window.imageRow(w) + s)) << 2);
    const d = delta + ((<usize>(f * Window.positions(w))) << 2);
    const out = dW + ((<usize>((f * kernelRows + kernelRow) * kernelWidth + s)) << 2);
    sumRun(min(together, Window.filters(w) - f), run < longer ? each + 1 : each, w, x, d, out, rows);
  }
}

function sumRun(filters: i32, taps: i32, w: usize, x: usize, delta: usize, out: usize, rows: i32): void {
  if (taps == 3) {
    if (filters == 3) return RunTile.sum(3, 3, w, x, delta, out, rows);
    if (filters == 2) return RunTile.sum(2, 3, w, x, delta, out, rows);
    return RunTile.sum(1, 3, w, x, delta, out, rows);
  }
  if (taps == 4) {
    if (filters == 2) return RunTile.sum(2, 4, w, x, delta, out, rows);
    return RunTile.sum(1, 4, w, x, delta, out, rows);
  }
  if (filters == 2) return RunTile.sum(2, 5, w, x, delta, out, rows);
  RunTile.sum(1, 5, w, x, delta, out, rows);
}

class RunTile {
  /** `filters` (1 to 3, with 3 taps only) and `taps` (3 to 5) are constant at every call. */
  @inline
  static sum(filters: i32, taps: i32, w: usize, image: usize, delta: usize, out: usize, rows: i32): void {
    const outHeight = Window.outHeight(w);
    const outWidth = Window.outWidth(w);
    const plane = (<usize>Window.positions(w)) << 2;
    const imageRow = (<usize>Window.imageRow(w)) << 2;
    const example = <usize>(Window.channels(w) * Window.imageHeight(w)) * imageRow;
    const step = <usize>Window.strideHeight(w) * imageRow;
    // Delta goes on row by row by itself; from the end of one example's filters to the next example's it jumps.
    const jump = <usize>(Window.filters(w) - 1) * plane;
    const mask = Lanes.firstMask(outWidth & 3);
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c02 = c00;
    let c03 = c00;
    let c04 = c00;
    let c10 = c00;
    let c11 = c00;
    let c12 = c00;
    let c13 = c00;
    let c14 = c00;
    let c20 = c00;
    let c21 = c00;
    let c22 = c00;
    let d0 = c00;
    let d1 = c00;
    let d2 = c00;
    let x = c00;
    for (let i = rows; i > 0; i--) {
      let row = image;
      for (let u = outHeight; u > 0; u--) {
        let at = row;
        let next = delta + plane;
        let third = next + plane;
        let left = outWidth;
        // Eight columns a turn: what a turn costs beside its multiplications is much of so few.
        for (; left >= 8; left -= 8) {
          d0 = v128.load(delta);
          if (filters > 1) d1 = v128.load(next);
          if (filters > 2) d2 = v128.load(third);
          x = v128.load(at);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (filters > 2) c20 = Lanes.multiplyAdd(d2, x, c20);
          x = v128.load(at, 4);
          c01 = Lanes.multiplyAdd(d0, x, c01);
          if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          if (filters > 2) c21 = Lanes.multiplyAdd(d2, x, c21);
          x = v128.load(at, 8);
          c02 = Lanes.multiplyAdd(d0, x, c02);
          if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          if (filters > 2) c22 = Lanes.multiplyAdd(d2, x, c22);
          if (taps > 3) {
            x = v128.load(at, 12);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          if (taps > 4) {
            x = v128.load(at, 16);
            c04 = Lanes.multiplyAdd(d0, x, c04);
            if (filters > 1) c14 = Lanes.multiplyAdd(d1, x, c14);
          }
          // Never so. Without a way out between them the optimiser makes one chain of both halves of a sum, which spills.
          if (rows < 0) break;
          d0 = v128.load(delta, 16);
          if (filters > 1) d1 = v128.load(next, 16);
          if (filters > 2) d2 = v128.load(third, 16);
          x = v128.load(at, 16);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (filters > 2) c20 = Lanes.multiplyAdd(d2, x, c20);
          x = v128.load(at, 20);
          c01 = Lanes.multiplyAdd(d0, x, c01);
          if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          if (filters > 2) c21 = Lanes.multiplyAdd(d2, x, c21);
          x = v128.load(at, 24);
          c02 = Lanes.multiplyAdd(d0, x, c02);
          if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          if (filters > 2) c22 = Lanes.multiplyAdd(d2, x, c22);
          if (taps > 3) {
            x = v128.load(at, 28);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          if (taps > 4) {
            x = v128.load(at, 32);
            c04 = Lanes.multiplyAdd(d0, x, c04);
            if (filters > 1) c14 = Lanes.multiplyAdd(d1, x, c14);
          }
          delta += 32;
          next += 32;
          third += 32;
          at += 32;
        }
        if (left >= 4) {
          d0 = v128.load(delta);
          if (filters > 1) d1 = v128.load(next);
          if (filters > 2) d2 = v128.load(third);
          x = v128.load(at);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (filters > 2) c20 = Lanes.multiplyAdd(d2, x, c20);
          x = v128.load(at, 4);
          c01 = Lanes.multiplyAdd(d0, x, c01);
          if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          if (filters > 2) c21 = Lanes.multiplyAdd(d2, x, c21);
          x = v128.load(at, 8);
          c02 = Lanes.multiplyAdd(d0, x, c02);
          if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          if (filters > 2) c22 = Lanes.multiplyAdd(d2, x, c22);
          if (taps > 3) {
            x = v128.load(at, 12);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          if (taps > 4) {
            x = v128.load(at, 16);
            c04 = Lanes.multiplyAdd(d0, x, c04);
            if (filters > 1) c14 = Lanes.multiplyAdd(d1, x, c14);
          }
          delta += 16;
          next += 16;
          third += 16;
          at += 16;
        }
        if (left & 3) {
          // Past the end of the row both hold what belongs elsewhere, perhaps NaN: each is masked.
          d0 = v128.and(v128.load(delta), mask);
          if (filters > 1) d1 = v128.and(v128.load(next), mask);
          if (filters > 2) d2 = v128.and(v128.load(third), mask);
          x = v128.and(v128.load(at), mask);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (filters > 2) c20 = Lanes.multiplyAdd(d2, x, c20);
          x = v128.and(v128.load(at, 4), mask);
          c01 = Lanes.multiplyAdd(d0, x, c01);
          if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          if (filters > 2) c21 = Lanes.multiplyAdd(d2, x, c21);
          x = v128.and(v128.load(at, 8), mask);
          c02 = Lanes.multiplyAdd(d0, x, c02);
          if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          if (filters > 2) c22 = Lanes.multiplyAdd(d2, x, c22);
          if (taps > 3) {
            x = v128.and(v128.load(at, 12), mask);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          if (taps > 4) {
            x = v128.and(v128.load(at, 16), mask);
            c04 = Lanes.multiplyAdd(d0, x, c04);
            if (filters > 1) c14 = Lanes.multiplyAdd(d1, x, c14);
          }
          delta += (<usize>(left & 3)) << 2;
        }
        row += step;
      }
      image += example;
      delta += jump;
    }
    RunTile.store(taps, out, c00, c01, c02, c03, c04);
    const filter = (<usize>Window.taps(w)) << 2;
    if (filters > 1) RunTile.store(taps, out + filter, c10, c11, c12, c13, c14);
    if (filters > 2) RunTile.store(taps, out + 2 * filter, c20, c21, c22, c22, c22);
  }

  @inline
  static store(taps: i32, out: usize, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128): void {
    f32.store(out, Lanes.sum(c0));
    f32.store(out, Lanes.sum(c1), 4);
    f32.store(out, Lanes.sum(c2), 8);
    if (taps > 3) f32.store(out, Lanes.sum(c3), 12);
    if (taps > 4) f32.store(out, Lanes.sum(c4), 16);
  }
}
