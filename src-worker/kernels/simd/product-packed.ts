import { BLOCK_K, BLOCK_M, BLOCK_N, COLUMNS } from './blocks';
import { Lanes } from './lanes';
import { packColumns, packRows, ROWS } from './product-panels';

/**
 * Large products: both operands are copied into panels that the inner tile reads in a straight line, block by block, so
 * that a panel of B stays in the first cache and a block of A in the second (Goto and van de Geijn 2008).
 */

/**
 * C = initial + A B over packed panels. Element (i, p) of A lies at `a + i·aRow + p·aStep`, element (p, j) of B at
 * `b + p·bStep + j·bColumn`; one of each pair of strides is 4.
 */
export function productPacked(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
  scratch: usize,
): void {
  const depth = blockOf(k, BLOCK_K, 1);
  const height = roundUp(min(m, BLOCK_M), ROWS);
  const tile = scratch;
  const aPanels = scratch + 4 * ROWS * COLUMNS;
  const bPanels = aPanels + ((<usize>(height * depth) * 4 + 63) & ~63);
  for (let j = 0; j < n; j += BLOCK_N) {
    const columns = min(BLOCK_N, n - j);
    for (let p = 0; p < k; p += depth) {
      const run = min(depth, k - p);
      packColumns(b + <usize>p * bStep + <usize>j * bColumn, bStep, bColumn, columns, run, bPanels);
      // The first run starts from the bias, the next ones from what C holds.
      const start = p > 0 ? c : initial;
      const startRow = p > 0 ? cRow : initialRow;
      for (let i = 0; i < m; i += BLOCK_M) {
        const rows = min(BLOCK_M, m - i);
        packRows(a + <usize>i * aRow + <usize>p * aStep, aRow, aStep, rows, run, aPanels);
        const at = (<usize>j) << 2;
        const target = c + <usize>i * cRow + at;
        block(
          rows,
          columns,
          run,
          aPanels,
          bPanels,
          target,
          cRow,
          start ? start + <usize>i * startRow + at : 0,
          startRow,
          tile,
        );
      }
    }
  }
}

function block(
  rows: i32,
  columns: i32,
  k: i32,
  aPanels: usize,
  bPanels: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
  tile: usize,
): void {
  for (let j = 0; j < columns; j += COLUMNS) {
    const panel = bPanels + <usize>(j * k) * 4;
    const width = min(COLUMNS, columns - j);
    for (let i = 0; i < rows; i += ROWS) {
      const height = min(ROWS, rows - i);
      const target = c + <usize>i * cRow + ((<usize>j) << 2);
      const start = initial ? initial + <usize>i * initialRow + ((<usize>j) << 2) : 0;
      const aPanel = aPanels + <usize>(i * k) * 4;
      if (height == ROWS && width == COLUMNS) {
        tilePacked(k, aPanel, panel, target, cRow, start, initialRow);
      } else {
        if (start) copyTile(start, initialRow, tile, 4 * COLUMNS, height, width);
        tilePacked(k, aPanel, panel, tile, 4 * COLUMNS, start ? tile : 0, 4 * COLUMNS);
        copyTile(tile, 4 * COLUMNS, target, cRow, height, width);
      }
    }
  }
}

function copyTile(source: usize, sourceRow: usize, target: usize, targetRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      f32.store(target + ((<usize>j) << 2), f32.load(source + ((<usize>j) << 2)));
    }
    source += sourceRow;
    target += targetRow;
  }
}

/** ROWS × COLUMNS elements of C = initial + A B in registers, from one panel of each. */
function tilePacked(k: i32, a: usize, b: usize, c: usize, cRow: usize, initial: usize, initialRow: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  if (initial) {
    c00 = v128.load(initial);
    c01 = v128.load(initial, 16);
    initial += initialRow;
    c10 = v128.load(initial);
    c11 = v128.load(initial, 16);
    initial += initialRow;
    c20 = v128.load(initial);
    c21 = v128.load(initial, 16);
    initial += initialRow;
    c30 = v128.load(initial);
    c31 = v128.load(initial, 16);
    if (ROWS == 6) {
      initial += initialRow;
      c40 = v128.load(initial);
      c41 = v128.load(initial, 16);
      initial += initialRow;
      c50 = v128.load(initial);
      c51 = v128.load(initial, 16);
    }
  }
  for (let p = k; p > 0; p--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = Lanes.multiplyAdd(s, b0, c00);
    c01 = Lanes.multiplyAdd(s, b1, c01);
    s = v128.load_splat<f32>(a, 4);
    c10 = Lanes.multiplyAdd(s, b0, c10);
    c11 = Lanes.multiplyAdd(s, b1, c11);
    s = v128.load_splat<f32>(a, 8);
    c20 = Lanes.multiplyAdd(s, b0, c20);
    c21 = Lanes.multiplyAdd(s, b1, c21);
    s = v128.load_splat<f32>(a, 12);
    c30 = Lanes.multiplyAdd(s, b0, c30);
    c31 = Lanes.multiplyAdd(s, b1, c31);
    if (ROWS == 6) {
      s = v128.load_splat<f32>(a, 16);
      c40 = Lanes.multiplyAdd(s, b0, c40);
      c41 = Lanes.multiplyAdd(s, b1, c41);
      s = v128.load_splat<f32>(a, 20);
      c50 = Lanes.multiplyAdd(s, b0, c50);
      c51 = Lanes.multiplyAdd(s, b1, c51);
    }
    a += 4 * ROWS;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  if (ROWS == 6) {
    c += cRow;
    v128.store(c, c40);
    v128.store(c, c41, 16);
    c += cRow;
    v128.store(c, c50);
    v128.store(c, c51, 16);
  }
}

/** Even blocks of at most `most`, so that no short one is left over. */
function blockOf(size: i32, most: i32, least: i32): i32 {
  const blocks = max((size + most - 1) / most, 1);
  return max((size + blocks - 1) / blocks, least);
}

function roundUp(size: i32, to: i32): i32 {
  return ((size + to - 1) / to) * to;
}
