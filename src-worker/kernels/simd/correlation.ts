import { Lanes } from './lanes';

/**
 * The inner tile of every convolution, forward and back: sums over an image that lies ready, read where it lies,
 *
 *   c[i, x] = bias[i] + Σ_k panel[k, i] · image[x + table[k]]
 *
 * over a row of x. Which pixel a step looks at is one number of a table, so that kernel, channels, stride and padding are all alike to it.
 * An element is one chain in the order of k, so its bits do not depend on the tile.
 */

/** Rows of a tile: with six, which fill the registers, it spills and runs at half the speed (measured: 23 against 43 GFLOP/s). */
export const MOST_ROWS: i32 = 4;

/** Panels that `rows` are divided into: as even as they can be, because a short one costs nearly as much as a full one. */
export function panelsOf(rows: i32): i32 {
  return (rows + MOST_ROWS - 1) / MOST_ROWS;
}

/** First row of a panel. */
export function panelStart(rows: i32, panel: i32): i32 {
  const panels = panelsOf(rows);
  const each = rows / panels;
  return panel * each + min(panel, rows % panels);
}

/**
 * One row of the result under every row of a panel.
 *
 * @param rows  of the panel, 1 to {@link MOST_ROWS}
 * @param width of the result; whole vectors are read, so up to 7 pixels past it
 * @param table byte offsets from `image`, `steps` of them
 * @param panel `[steps, rows]`
 * @param bias  `[rows]`, or 0 for none
 */
export function correlateRow(
  rows: i32,
  width: i32,
  steps: i32,
  table: usize,
  image: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  bias: usize,
): void {
  if (rows == 4) return Tile.row(4, width, steps, table, image, panel, c, cRow, bias);
  if (rows == 3) return Tile.row(3, width, steps, table, image, panel, c, cRow, bias);
  if (rows == 2) return Tile.row(2, width, steps, table, image, panel, c, cRow, bias);
  Tile.row(1, width, steps, table, image, panel, c, cRow, bias);
}

/** `rows` is a constant at every call. */
class Tile {
  @inline
  static row(
    rows: i32,
    width: i32,
    steps: i32,
    table: usize,
    image: usize,
    panel: usize,
    c: usize,
    cRow: usize,
    bias: usize,
  ): void {
    for (; width > 4; width -= 8) {
      Tile.wide(rows, width, steps, table, image, panel, c, cRow, bias);
      image += 32;
      c += 32;
    }
    if (width > 0) Tile.narrow(rows, width, steps, table, image, panel, c, cRow, bias);
  }

  /** Eight columns, of which the first `columns` (5 or more) are written. */
  @inline
  static wide(
    rows: i32,
    columns: i32,
    steps: i32,
    table: usize,
    image: usize,
    panel: usize,
    c: usize,
    cRow: usize,
    bias: usize,
  ): void {
    let c00 = Tile.start(bias, 0);
    let c01 = c00;
    let c10 = rows > 1 ? Tile.start(bias, 4) : c00;
    let c11 = c10;
    let c20 = rows > 2 ? Tile.start(bias, 8) : c00;
    let c21 = c20;
    let c30 = rows > 3 ? Tile.start(bias, 12) : c00;
    let c31 = c30;
    let at: usize;
    let b0: v128;
    let b1: v128;
    let s: v128;
    const end = table + ((<usize>steps) << 2);
    // Four steps a turn: what a turn costs beside its multiplications, processors that take four instructions at once feel.
    for (; table + 16 <= end; table += 16) {
      at = image + <usize>load<u32>(table);
      b0 = v128.load(at);
      b1 = v128.load(at, 16);
      s = v128.load_splat<f32>(panel);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(panel, 4);
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(panel, 8);
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(panel, 12);
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
      // Never so. Without a way out between them the optimiser makes one chain of each sum's four steps, which spills.
      if (steps < 0) break;
      const panel1 = panel + 4 * rows;
      at = image + <usize>load<u32>(table, 4);
      b0 = v128.load(at);
      b1 = v128.load(at, 16);
      s = v128.load_splat<f32>(panel1);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(panel1, 4);
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(panel1, 8);
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(panel1, 12);
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
      if (steps < 0) break;
      const panel2 = panel + 8 * rows;
      at = image + <usize>load<u32>(table, 8);
      b0 = v128.load(at);
      b1 = v128.load(at, 16);
      s = v128.load_splat<f32>(panel2);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(panel2, 4);
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(panel2, 8);
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(panel2, 12);
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
      if (steps < 0) break;
      const panel3 = panel + 12 * rows;
      at = image + <usize>load<u32>(table, 12);
      b0 = v128.load(at);
      b1 = v128.load(at, 16);
      s = v128.load_splat<f32>(panel3);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(panel3, 4);
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(panel3, 8);
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(panel3, 12);
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
      panel += 16 * rows;
    }
    for (; table < end; table += 4) {
      at = image + <usize>load<u32>(table);
      b0 = v128.load(at);
      b1 = v128.load(at, 16);
      s = v128.load_splat<f32>(panel);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(panel, 4);
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(panel, 8);
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(panel, 12);
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
      panel += 4 * rows;
    }
    Tile.store(c, c00, c01, columns);
    if (rows > 1) Tile.store(c + cRow, c10, c11, columns);
    if (rows > 2) Tile.store(c + 2 * cRow, c20, c21, columns);
    if (rows > 3) Tile.store(c + 3 * cRow, c30, c31, columns);
  }

  /** Four columns, of which the first `columns` (1 to 4) are written. */
  @inline
  static narrow(
    rows: i32,
    columns: i32,
    steps: i32,
    table: usize,
    image: usize,
    panel: usize,
    c: usize,
    cRow: usize,
    bias: usize,
  ): void {
    let c0 = Tile.start(bias, 0);
    let c1 = rows > 1 ? Tile.start(bias, 4) : c0;
    let c2 = rows > 2 ? Tile.start(bias, 8) : c0;
    let c3 = rows > 3 ? Tile.start(bias, 12) : c0;
    for (const end = table + ((<usize>steps) << 2); table < end; table += 4) {
      const b = v128.load(image + <usize>load<u32>(table));
      c0 = Lanes.multiplyAdd(v128.load_splat<f32>(panel), b, c0);
      if (rows > 1) c1 = Lanes.multiplyAdd(v128.load_splat<f32>(panel, 4), b, c1);
      if (rows > 2) c2 = Lanes.multiplyAdd(v128.load_splat<f32>(panel, 8), b, c2);
      if (rows > 3) c3 = Lanes.multiplyAdd(v128.load_splat<f32>(panel, 12), b, c3);
      panel += 4 * rows;
    }
    Lanes.storeFirst(c, c0, columns);
    if (rows > 1) Lanes.storeFirst(c + cRow, c1, columns);
    if (rows > 2) Lanes.storeFirst(c + 2 * cRow, c2, columns);
    if (rows > 3) Lanes.storeFirst(c + 3 * cRow, c3, columns);
  }

  @inline
  static start(bias: usize, offset: usize): v128 {
    return bias ? v128.load_splat<f32>(bias + offset) : f32x4.splat(0);
  }

  @inline
  static store(c: usize, low: v128, high: v128, columns: i32): void {
    v128.store(c, low);
    Lanes.storeFirst(c + 16, high, columns - 4);
  }
}
