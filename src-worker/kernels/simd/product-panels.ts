import { COLUMNS, ROWS_PLAIN, ROWS_RELAXED } from './blocks';

/** Copies of blocks of A and B in the order in which the packed tile reads them. */

/**
 * Rows of the tile, 8 columns wide: as many accumulators as 15 registers hold beside the operands. Without a fused
 * multiply-add the product needs a register of its own, and 6 rows would spill (measured: 4 rows 35, 6 rows 25 GFLOP/s).
 */
export const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? ROWS_RELAXED : ROWS_PLAIN;

/** Copies A into panels `[k][ROWS]`; rows past the end repeat the last one. */
export function packRows(a: usize, aRow: usize, aStep: usize, rows: i32, k: i32, out: usize): void {
  for (let i = 0; i < rows; i += ROWS) {
    const last = rows - 1;
    let r0 = a + <usize>i * aRow;
    let r1 = a + <usize>min(i + 1, last) * aRow;
    let r2 = a + <usize>min(i + 2, last) * aRow;
    let r3 = a + <usize>min(i + 3, last) * aRow;
    let r4 = a + <usize>min(i + 4, last) * aRow;
    let r5 = a + <usize>min(i + 5, last) * aRow;
    let p = k;
    if (aStep == 4) {
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
        v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 4 * ROWS);
        v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 8 * ROWS);
        v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 12 * ROWS);
        if (ROWS == 6) {
          const v4 = v128.load(r4);
          const v5 = v128.load(r5);
          const low45 = v128.shuffle<i32>(v4, v5, 0, 4, 1, 5);
          const high45 = v128.shuffle<i32>(v4, v5, 2, 6, 3, 7);
          v128.store_lane<u64>(out, low45, 0, 16);
          v128.store_lane<u64>(out, low45, 1, 40);
          v128.store_lane<u64>(out, high45, 0, 64);
          v128.store_lane<u64>(out, high45, 1, 88);
          r4 += 16;
          r5 += 16;
        }
        r0 += 16;
        r1 += 16;
        r2 += 16;
        r3 += 16;
        out += 16 * ROWS;
      }
    } else if (i + ROWS <= rows) {
      // A transposed: the elements of a column lie side by side.
      for (; p > 0; p--) {
        v128.store(out, v128.load(r0));
        if (ROWS == 6) i64.store(out, i64.load(r0, 16), 16);
        r0 += aStep;
        out += 4 * ROWS;
      }
    }
    for (; p > 0; p--) {
      f32.store(out, f32.load(r0));
      f32.store(out, f32.load(r1), 4);
      f32.store(out, f32.load(r2), 8);
      f32.store(out, f32.load(r3), 12);
      if (ROWS == 6) {
        f32.store(out, f32.load(r4), 16);
        f32.store(out, f32.load(r5), 20);
        r4 += aStep;
        r5 += aStep;
      }
      r0 += aStep;
      r1 += aStep;
      r2 += aStep;
      r3 += aStep;
      out += 4 * ROWS;
    }
  }
}

/** Copies B into panels `[k][COLUMNS]`; columns past the end hold whatever lies there, and only reach what is not kept. */
export function packColumns(b: usize, bStep: usize, bColumn: usize, columns: i32, k: i32, out: usize): void {
  for (let j = 0; j < columns; j += COLUMNS) {
    if (bColumn == 4) {
      let row = b + ((<usize>j) << 2);
      for (let p = k; p > 0; p--) {
        v128.store(out, v128.load(row));
        v128.store(out, v128.load(row, 16), 16);
        row += bStep;
        out += 32;
      }
    } else {
      packFour(b, bColumn, j, columns, k, out);
      packFour(b, bColumn, j + 4, columns, k, out + 16);
      out += (<usize>k) << 5;
    }
  }
}

/** Four columns of a transposed B, whose elements along k lie side by side, into half a panel. */
function packFour(b: usize, bColumn: usize, j: i32, columns: i32, k: i32, out: usize): void {
  const last = columns - 1;
  let r0 = b + <usize>min(j, last) * bColumn;
  let r1 = b + <usize>min(j + 1, last) * bColumn;
  let r2 = b + <usize>min(j + 2, last) * bColumn;
  let r3 = b + <usize>min(j + 3, last) * bColumn;
  let p = k;
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
    v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 32);
    v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 64);
    v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 96);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    out += 128;
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
    out += 32;
  }
}
