import { COLUMNS, ROWS_PLAIN, ROWS_RELAXED } from './blocks';

/** Copies of blocks of A and B in the order in which the packed tiles read them. */

/**
 * Rows of the tile, 8 columns wide: as many accumulators as 15 registers hold beside the operands. Without a fused
 * multiply-add the product needs a register of its own, and 6 rows would spill (measured: 4 rows 35, 6 rows 25 GFLOP/s).
 */
export const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? ROWS_RELAXED : ROWS_PLAIN;
/** Rows of the tile for what whole ones leave over: 64 rows are ten of six and one of four, and none is computed in vain. */
export const SMALL_ROWS: i32 = 4;

/** Panels of {@link SMALL_ROWS} rows, which follow those of {@link ROWS}: as few rows in vain as the two heights allow. */
export function smallPanels(rows: i32): i32 {
  if (ROWS == SMALL_ROWS) return 0;
  const rest = rows % ROWS;
  // 7 and 8 rows are two of four.
  if (rest == 1 || rest == 2) return rows > ROWS ? 2 : 1;
  return rest == 3 || rest == 4 ? 1 : 0;
}

/** Panels of {@link ROWS} rows. */
export function largePanels(rows: i32): i32 {
  return max(0, rows - SMALL_ROWS * smallPanels(rows) + ROWS - 1) / ROWS;
}

/** Rows of all panels. */
export function panelRows(rows: i32): i32 {
  return ROWS * largePanels(rows) + SMALL_ROWS * smallPanels(rows);
}

/** Copies A into panels `[k][ROWS]` and, after them, `[k][SMALL_ROWS]`; rows past the end repeat the last one. */
export function packRows(a: usize, aRow: usize, aStep: usize, rows: i32, k: i32, out: usize): void {
  const large = largePanels(rows);
  const boundary = large * ROWS;
  Panels.pack(ROWS, a, aRow, aStep, min(rows, boundary), large, k, out);
  const small = smallPanels(rows);
  if (small == 0) return;
  const rest = a + <usize>boundary * aRow;
  Panels.pack(SMALL_ROWS, rest, aRow, aStep, rows - boundary, small, k, out + <usize>(boundary * k) * 4);
}

/** Panels of A that are filled side by side where A is transposed: rows of it are read in whole cache lines. */
const ABREAST: i32 = 8;

class Panels {
  /** `panels` panels of `height` (4 or 6, constant at every call) rows each, which hold `rows` rows. */
  @inline
  static pack(height: i32, a: usize, aRow: usize, aStep: usize, rows: i32, panels: i32, k: i32, out: usize): void {
    const bytes = <usize>(height * k) * 4;
    let panel = 0;
    if (aStep != 4) {
      const whole = rows / height;
      for (; panel < whole; panel += ABREAST) {
        const abreast = min(ABREAST, whole - panel);
        Panels.copy(height, a + ((<usize>(panel * height)) << 2), aStep, k, abreast, out + <usize>panel * bytes, bytes);
      }
      panel = whole;
    }
    for (; panel < panels; panel++) {
      Panels.transpose(height, a, aRow, aStep, panel * height, rows - 1, k, out + <usize>panel * bytes);
    }
  }

  /** Some panels of an A that is transposed: the elements of a column lie side by side. */
  @inline
  static copy(height: i32, a: usize, aStep: usize, k: i32, panels: i32, out: usize, bytes: usize): void {
    for (let p = k; p > 0; p--) {
      let source = a;
      let target = out;
      for (let panel = panels; panel > 0; panel--) {
        v128.store(target, v128.load(source));
        if (height == 6) i64.store(target, i64.load(source, 16), 16);
        source += height << 2;
        target += bytes;
      }
      a += aStep;
      out += height << 2;
    }
  }

  /** A panel from row `i` of an A as it lies, or number by number of any. */
  @inline
  static transpose(height: i32, a: usize, aRow: usize, aStep: usize, i: i32, last: i32, k: i32, out: usize): void {
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
        v128.store(out + 4 * height, v128.shuffle<i64>(low01, low23, 1, 3));
        v128.store(out + 8 * height, v128.shuffle<i64>(high01, high23, 0, 2));
        v128.store(out + 12 * height, v128.shuffle<i64>(high01, high23, 1, 3));
        if (height == 6) {
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
        out += 16 * height;
      }
    }
    for (; p > 0; p--) {
      f32.store(out, f32.load(r0));
      f32.store(out, f32.load(r1), 4);
      f32.store(out, f32.load(r2), 8);
      f32.store(out, f32.load(r3), 12);
      if (height == 6) {
        f32.store(out, f32.load(r4), 16);
        f32.store(out, f32.load(r5), 20);
        r4 += aStep;
        r5 += aStep;
      }
      r0 += aStep;
      r1 += aStep;
      r2 += aStep;
      r3 += aStep;
      out += 4 * height;
    }
  }
}

/** Copies B into panels `[k][COLUMNS]`; columns past the end hold whatever lies there, and only reach what is not kept. */
export function packColumns(b: usize, bStep: usize, bColumn: usize, columns: i32, k: i32, out: usize): void {
  const bytes = (<usize>k) << 5;
  if (bColumn == 4) {
    // Row by row over all panels: of panels of 32 bytes each, one after the other, half of every cache line would be read in vain.
    const panels = (columns + COLUMNS - 1) / COLUMNS;
    for (let p = k; p > 0; p--) {
      let source = b;
      let target = out;
      for (let panel = panels; panel > 0; panel--) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += 32;
        target += bytes;
      }
      b += bStep;
      out += 32;
    }
    return;
  }
  for (let j = 0; j < columns; j += COLUMNS) {
    packFour(b, bColumn, j, columns, k, out);
    packFour(b, bColumn, j + 4, columns, k, out + 16);
    out += bytes;
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
