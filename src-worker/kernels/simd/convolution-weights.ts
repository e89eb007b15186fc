import { imageTable } from './convolution-image';
import { convolutionWeightRuns, hasRuns, runTiles } from './convolution-weight-runs';
import { Lanes } from './lanes';
import { Window } from './window';

/**
 * Gradients of the weights and biases of a convolution, summed over examples and positions. Every lane of a vector sums its own
 * positions, over the whole batch in registers: the lanes meet once, at the end.
 */

/** Weights of a filter, times two filters, in one tile: with six it spills and runs at half the speed (measured). */
const MOST_TAPS: i32 = 4;

/** Tiles that the gradient of the weights consists of. */
export function convolutionWeightTiles(w: usize): i32 {
  if (hasRuns(w)) return runTiles(w);
  return ((Window.filters(w) + 1) >> 1) * tapPanels(Window.taps(w));
}

function tapPanels(taps: i32): i32 {
  return (taps + MOST_TAPS - 1) / MOST_TAPS;
}

/**
 * dW = Σ over examples and positions of delta · x, for tiles `from` to `to`.
 *
 * @param w     description of the window
 * @param image x, or what convolutionImage made of it
 * @param delta `[rows, filters, outHeight, outWidth]`
 * @param dW    `[filters, taps]`
 */
export function convolutionWeights(
  w: usize,
  image: usize,
  delta: usize,
  dW: usize,
  rows: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  if (hasRuns(w)) return convolutionWeightRuns(w, image, delta, dW, rows, from, to);
  const filters = Window.filters(w);
  const taps = Window.taps(w);
  const panels = tapPanels(taps);
  const each = taps / panels;
  const longer = taps % panels;
  imageTable(w, scratch);
  for (let tile = from; tile < to; tile++) {
    const f = (tile / panels) << 1;
    const panel = tile % panels;
    const k = panel * each + min(panel, longer);
    const out = dW + ((<usize>(f * taps + k)) << 2);
    const at = delta + ((<usize>(f * Window.positions(w))) << 2);
    const width = panel < longer ? each + 1 : each;
    if (f + 1 < filters) pair(width, w, image, at, out, rows, scratch + ((<usize>k) << 2));
    else single(width, w, image, at, out, rows, scratch + ((<usize>k) << 2));
  }
}

function pair(taps: i32, w: usize, image: usize, delta: usize, out: usize, rows: i32, table: usize): void {
  if (taps == 4) return Tile.sum(2, 4, w, image, delta, out, rows, table);
  if (taps == 3) return Tile.sum(2, 3, w, image, delta, out, rows, table);
  if (taps == 2) return Tile.sum(2, 2, w, image, delta, out, rows, table);
  Tile.sum(2, 1, w, image, delta, out, rows, table);
}

function single(taps: i32, w: usize, image: usize, delta: usize, out: usize, rows: i32, table: usize): void {
  if (taps == 4) return Tile.sum(1, 4, w, image, delta, out, rows, table);
  if (taps == 3) return Tile.sum(1, 3, w, image, delta, out, rows, table);
  if (taps == 2) return Tile.sum(1, 2, w, image, delta, out, rows, table);
  Tile.sum(1, 1, w, image, delta, out, rows, table);
}

/** The sums of one tile; what is local to it is kept by {@link Tile.sum} in registers. */
class Tile {
  /** `filters` (1 or 2) × `taps` (1 to 4), both constant at every call. */
  @inline
  static sum(filters: i32, taps: i32, w: usize, image: usize, delta: usize, out: usize, rows: i32, table: usize): void {
    const outHeight = Window.outHeight(w);
    const outWidth = Window.outWidth(w);
    const plane = (<usize>Window.positions(w)) << 2;
    const imageRow = (<usize>Window.imageRow(w)) << 2;
    const example = <usize>(Window.channels(w) * Window.imageHeight(w)) * imageRow;
    const step = <usize>Window.strideHeight(w) * imageRow;
    // Delta goes on row by row by itself; from the end of one example's filters to the next example's it jumps.
    const jump = <usize>(Window.filters(w) - 1) * plane;
    const o0 = <usize>load<u32>(table);
    const o1 = taps > 1 ? <usize>load<u32>(table, 4) : 0;
    const o2 = taps > 2 ? <usize>load<u32>(table, 8) : 0;
    const o3 = taps > 3 ? <usize>load<u32>(table, 12) : 0;
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c02 = c00;
    let c03 = c00;
    let c10 = c00;
    let c11 = c00;
    let c12 = c00;
    let c13 = c00;
    for (let i = rows; i > 0; i--) {
      let row = image;
      for (let u = outHeight; u > 0; u--) {
        let at = row;
        for (let left = outWidth; left >= 4; left -= 4) {
          const d0 = v128.load(delta);
          const d1 = filters > 1 ? v128.load(delta + plane) : d0;
          let x = v128.load(at + o0);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (taps > 1) {
            x = v128.load(at + o1);
            c01 = Lanes.multiplyAdd(d0, x, c01);
            if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          }
          if (taps > 2) {
            x = v128.load(at + o2);
            c02 = Lanes.multiplyAdd(d0, x, c02);
            if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          }
          if (taps > 3) {
            x = v128.load(at + o3);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          delta += 16;
          at += 16;
        }
        if (outWidth & 3) {
          // Past the end of the row both hold what belongs elsewhere, perhaps NaN: each is masked.
          const mask = Lanes.firstMask(outWidth & 3);
          const d0 = v128.and(v128.load(delta), mask);
          const d1 = filters > 1 ? v128.and(v128.load(delta + plane), mask) : d0;
          let x = v128.and(v128.load(at + o0), mask);
          c00 = Lanes.multiplyAdd(d0, x, c00);
          if (filters > 1) c10 = Lanes.multiplyAdd(d1, x, c10);
          if (taps > 1) {
            x = v128.and(v128.load(at + o1), mask);
            c01 = Lanes.multiplyAdd(d0, x, c01);
            if (filters > 1) c11 = Lanes.multiplyAdd(d1, x, c11);
          }
          if (taps > 2) {
            x = v128.and(v128.load(at + o2), mask);
            c02 = Lanes.multiplyAdd(d0, x, c02);
            if (filters > 1) c12 = Lanes.multiplyAdd(d1, x, c12);
          }
          if (taps > 3) {
            x = v128.and(v128.load(at + o3), mask);
            c03 = Lanes.multiplyAdd(d0, x, c03);
            if (filters > 1) c13 = Lanes.multiplyAdd(d1, x, c13);
          }
          delta += (<usize>(outWidth & 3)) << 2;
        }
        row += step;
      }
      image += example;
      delta += jump;
    }
    Tile.store(taps, out, c00, c01, c02, c03);
    if (filters > 1) Tile.store(taps, out + ((<usize>Window.taps(w)) << 2), c10, c11, c12, c13);
  }

  @inline
  static store(taps: i32, out: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
    f32.store(out, Lanes.sum(c0));
    if (taps > 1) f32.store(out, Lanes.sum(c1), 4);
    if (taps > 2) f32.store(out, Lanes.sum(c2), 8);
    if (taps > 3) f32.store(out, Lanes.sum(c3), 12);
  }
}

/** db[f] = Σ over examples and positions of delta, for filters `from` to `to`; delta `[rows, filters, positions]`. */
export function convolutionBiases(
  delta: usize,
  db: usize,
  rows: i32,
  filters: i32,
  positions: i32,
  from: i32,
  to: i32,
): void {
  const plane = (<usize>positions) << 2;
  const mask = Lanes.firstMask(positions & 3);
  for (let f = from; f < to; f++) {
    let even = f32x4.splat(0);
    let odd = even;
    for (let i = 0; i < rows; i++) {
      let at = delta + <usize>(i * filters + f) * plane;
      let left = positions;
      for (; left >= 8; left -= 8) {
        even = f32x4.add(even, v128.load(at));
        odd = f32x4.add(odd, v128.load(at, 16));
        at += 32;
      }
      if (left >= 4) {
        even = f32x4.add(even, v128.load(at));
        at += 16;
      }
      if (left & 3) odd = f32x4.add(odd, v128.and(v128.load(at), mask));
    }
    f32.store(db + ((<usize>f) << 2), Lanes.sum(f32x4.add(even, odd)));
  }
}
