import { BLOCK_K, BLOCK_M, COLUMNS, STRIP } from './blocks';
import { packedTile, smallPackedTile } from './product-packed-tile';
import { largePanels, packColumns, packRows, panelRows, ROWS, SMALL_ROWS, smallPanels } from './product-panels';

/**
 * Large products: both operands are copied into panels that the inner tile reads in a straight line. A block of A stays in the
 * second cache, and a strip of B in the first while all of the block goes by it (after Goto and van de Geijn 2008).
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
  const height = blockOf(m, BLOCK_M, ROWS);
  const tile = scratch;
  const aPanels = scratch + 4 * ROWS * COLUMNS;
  const bPanels = aPanels + ((<usize>(panelRows(height) * depth) * 4 + 63) & ~63);
  for (let p = 0; p < k; p += depth) {
    const run = min(depth, k - p);
    // The first run starts from the bias, the next ones from what C holds.
    const start = p > 0 ? c : initial;
    const startRow = p > 0 ? cRow : initialRow;
    for (let i = 0; i < m; i += height) {
      const rows = min(height, m - i);
      packRows(a + <usize>i * aRow + <usize>p * aStep, aRow, aStep, rows, run, aPanels);
      for (let j = 0; j < n; j += STRIP) {
        const columns = min(STRIP, n - j);
        packColumns(b + <usize>p * bStep + <usize>j * bColumn, bStep, bColumn, columns, run, bPanels);
        const at = (<usize>j) << 2;
        const target = c + <usize>i * cRow + at;
        const from = start ? start + <usize>i * startRow + at : 0;
        strip(rows, columns, run, aPanels, bPanels, target, cRow, from, startRow, tile);
      }
    }
  }
}

/** All panels of A by those of one strip of B. */
function strip(
  rows: i32,
  columns: i32,
  k: i32,
  aPanel: usize,
  bPanels: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
  tile: usize,
): void {
  const large = largePanels(rows);
  const panels = large + smallPanels(rows);
  let left = rows;
  for (let panel = 0; panel < panels; panel++) {
    const most = panel < large ? ROWS : SMALL_ROWS;
    const height = min(most, left);
    let bPanel = bPanels;
    for (let j = 0; j < columns; j += COLUMNS) {
      const width = min(COLUMNS, columns - j);
      const target = c + ((<usize>j) << 2);
      const start = initial ? initial + ((<usize>j) << 2) : 0;
      if (height == most && width == COLUMNS) {
        if (panel < large) packedTile(k, aPanel, bPanel, target, cRow, start, initialRow);
        else smallPackedTile(k, aPanel, bPanel, target, cRow, start, initialRow);
      } else {
        if (start) copyTile(start, initialRow, tile, 4 * COLUMNS, height, width);
        const from = start ? tile : 0;
        if (panel < large) packedTile(k, aPanel, bPanel, tile, 4 * COLUMNS, from, 4 * COLUMNS);
        else smallPackedTile(k, aPanel, bPanel, tile, 4 * COLUMNS, from, 4 * COLUMNS);
        copyTile(tile, 4 * COLUMNS, target, cRow, height, width);
      }
      bPanel += <usize>(COLUMNS * k) * 4;
    }
    aPanel += <usize>(most * k) * 4;
    c += <usize>most * cRow;
    if (initial) initial += <usize>most * initialRow;
    left -= most;
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

/** Even blocks of at most `most`, so that no short one is left over. */
function blockOf(size: i32, most: i32, least: i32): i32 {
  const blocks = max((size + most - 1) / most, 1);
  return max((size + blocks - 1) / blocks, least);
}
