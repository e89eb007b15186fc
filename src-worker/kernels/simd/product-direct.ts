import { Tile } from './product-tile';

/** Products too small to be worth packing: tiles over the operands where they lie. */

/** C = initial + A B; strides in bytes as in {@link Tile.wide}, rows of B contiguous. */
export function productDirect(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
): void {
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    const at = (<usize>j) << 2;
    wideColumn(m, k, a, aRow, aStep, b + at, bStep, c + at, cRow, initial ? initial + at : 0, initialRow);
  }
  for (; j < n; j += 4) {
    const at = (<usize>j) << 2;
    narrowColumn(
      m,
      min(n - j, 4),
      k,
      a,
      aRow,
      aStep,
      b + at,
      bStep,
      c + at,
      cRow,
      initial ? initial + at : 0,
      initialRow,
    );
  }
}

function wideColumn(
  m: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
): void {
  for (; m >= 4; m -= 4) {
    Tile.wide(4, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
    a += 4 * aRow;
    c += 4 * cRow;
    if (initial) initial += 4 * initialRow;
  }
  if (m == 3) Tile.wide(3, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
  else if (m == 2) Tile.wide(2, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
  else if (m == 1) Tile.wide(1, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
}

function narrowColumn(
  m: i32,
  columns: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
): void {
  for (; m >= 4; m -= 4) {
    Tile.narrow(4, columns, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
    a += 4 * aRow;
    c += 4 * cRow;
    if (initial) initial += 4 * initialRow;
  }
  if (m == 3) Tile.narrow(3, columns, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
  else if (m == 2) Tile.narrow(2, columns, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
  else if (m == 1) Tile.narrow(1, columns, k, a, aRow, aStep, b, bStep, c, cRow, initial, initialRow);
}

/**
 * Writes the transpose of a `[rows, columns]` matrix: row p of the result holds column p, `step` bytes apart. Whole vectors
 * are written: a row of the result needs room for `rows` rounded up to 4.
 */
export function transpose(source: usize, rows: i32, columns: i32, target: usize, step: usize): void {
  const rowBytes = (<usize>columns) << 2;
  for (let i = 0; i < rows; i += 4) {
    // Rows past the end repeat the last one; what they give is never read.
    const last = rows - 1;
    let r0 = source + <usize>i * rowBytes;
    let r1 = source + <usize>min(i + 1, last) * rowBytes;
    let r2 = source + <usize>min(i + 2, last) * rowBytes;
    let r3 = source + <usize>min(i + 3, last) * rowBytes;
    let out = target + ((<usize>i) << 2);
    let p = columns;
    for (; p >= 4; p -= 4) {
      const v0 = v128.load(r0);
      const v1 = v128.load(r1);
      const v2 = v128.load(r2);
      const v3 = v128.load(r3);
      const low01 = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
      const low23 = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
      const high01 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
      const high23 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
      v128.store(out + step, v128.shuffle<i64>(low01, low23, 1, 3));
      v128.store(out + 2 * step, v128.shuffle<i64>(high01, high23, 0, 2));
      v128.store(out + 3 * step, v128.shuffle<i64>(high01, high23, 1, 3));
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
      out += 4 * step;
    }
    for (; p > 0; p--) {
      f32.store(out, f32.load(r0));
      f32.store(out, f32.load(r1), 4);
      f32.store(out, f32.load(r2), 8);
      f32.store(out, f32.load(r3), 12);
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
      out += step;
    }
  }
}
