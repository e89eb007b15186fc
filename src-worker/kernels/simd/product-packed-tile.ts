import { Lanes } from './lanes';
import { ROWS, SMALL_ROWS } from './product-panels';

/** {@link ROWS} × 8 elements of C = initial + A B in registers, from one panel of each; `initial` 0 means zero. */
export function packedTile(k: i32, a: usize, b: usize, c: usize, cRow: usize, initial: usize, initialRow: usize): void {
  Tile.packed(ROWS, k, a, b, c, cRow, initial, initialRow);
}

/** The same of a panel of {@link SMALL_ROWS}. */
export function smallPackedTile(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  cRow: usize,
  initial: usize,
  initialRow: usize,
): void {
  Tile.packed(SMALL_ROWS, k, a, b, c, cRow, initial, initialRow);
}

class Tile {
  /** `rows` (4 or 6, constant at every call) × 8. */
  @inline
  static packed(rows: i32, k: i32, a: usize, b: usize, c: usize, cRow: usize, initial: usize, initialRow: usize): void {
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
      if (rows == 6) {
        initial += initialRow;
        c40 = v128.load(initial);
        c41 = v128.load(initial, 16);
        initial += initialRow;
        c50 = v128.load(initial);
        c51 = v128.load(initial, 16);
      }
    }
    let p = k;
    // Four steps a turn: what a turn costs beside its multiplications, processors that take four instructions at once feel.
    for (; p >= 4; p -= 4) {
      let b0 = v128.load(b);
      let b1 = v128.load(b, 16);
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
      if (rows == 6) {
        s = v128.load_splat<f32>(a, 16);
        c40 = Lanes.multiplyAdd(s, b0, c40);
        c41 = Lanes.multiplyAdd(s, b1, c41);
        s = v128.load_splat<f32>(a, 20);
        c50 = Lanes.multiplyAdd(s, b0, c50);
        c51 = Lanes.multiplyAdd(s, b1, c51);
      }
      // Never so. Without a way out between them the optimiser makes one chain of each sum's four steps, which spills.
      if (k < 0) break;
      const a1 = a + 4 * rows;
      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      s = v128.load_splat<f32>(a1);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 4);
      c10 = Lanes.multiplyAdd(s, b0, c10);
      c11 = Lanes.multiplyAdd(s, b1, c11);
      s = v128.load_splat<f32>(a1, 8);
      c20 = Lanes.multiplyAdd(s, b0, c20);
      c21 = Lanes.multiplyAdd(s, b1, c21);
      s = v128.load_splat<f32>(a1, 12);
      c30 = Lanes.multiplyAdd(s, b0, c30);
      c31 = Lanes.multiplyAdd(s, b1, c31);
      if (rows == 6) {
        s = v128.load_splat<f32>(a1, 16);
        c40 = Lanes.multiplyAdd(s, b0, c40);
        c41 = Lanes.multiplyAdd(s, b1, c41);
        s = v128.load_splat<f32>(a1, 20);
        c50 = Lanes.multiplyAdd(s, b0, c50);
        c51 = Lanes.multiplyAdd(s, b1, c51);
      }
      if (k < 0) break;
      const a2 = a + 8 * rows;
      b0 = v128.load(b, 64);
      b1 = v128.load(b, 80);
      s = v128.load_splat<f32>(a2);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      s = v128.load_splat<f32>(a2, 4);
      c10 = Lanes.multiplyAdd(s, b0, c10);
      c11 = Lanes.multiplyAdd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 8);
      c20 = Lanes.multiplyAdd(s, b0, c20);
      c21 = Lanes.multiplyAdd(s, b1, c21);
      s = v128.load_splat<f32>(a2, 12);
      c30 = Lanes.multiplyAdd(s, b0, c30);
      c31 = Lanes.multiplyAdd(s, b1, c31);
      if (rows == 6) {
        s = v128.load_splat<f32>(a2, 16);
        c40 = Lanes.multiplyAdd(s, b0, c40);
        c41 = Lanes.multiplyAdd(s, b1, c41);
        s = v128.load_splat<f32>(a2, 20);
        c50 = Lanes.multiplyAdd(s, b0, c50);
        c51 = Lanes.multiplyAdd(s, b1, c51);
      }
      if (k < 0) break;
      const a3 = a + 12 * rows;
      b0 = v128.load(b, 96);
      b1 = v128.load(b, 112);
      s = v128.load_splat<f32>(a3);
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      s = v128.load_splat<f32>(a3, 4);
      c10 = Lanes.multiplyAdd(s, b0, c10);
      c11 = Lanes.multiplyAdd(s, b1, c11);
      s = v128.load_splat<f32>(a3, 8);
      c20 = Lanes.multiplyAdd(s, b0, c20);
      c21 = Lanes.multiplyAdd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 12);
      c30 = Lanes.multiplyAdd(s, b0, c30);
      c31 = Lanes.multiplyAdd(s, b1, c31);
      if (rows == 6) {
        s = v128.load_splat<f32>(a3, 16);
        c40 = Lanes.multiplyAdd(s, b0, c40);
        c41 = Lanes.multiplyAdd(s, b1, c41);
        s = v128.load_splat<f32>(a3, 20);
        c50 = Lanes.multiplyAdd(s, b0, c50);
        c51 = Lanes.multiplyAdd(s, b1, c51);
      }
      a += 16 * rows;
      b += 128;
    }
    for (; p > 0; p--) {
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
      if (rows == 6) {
        s = v128.load_splat<f32>(a, 16);
        c40 = Lanes.multiplyAdd(s, b0, c40);
        c41 = Lanes.multiplyAdd(s, b1, c41);
        s = v128.load_splat<f32>(a, 20);
        c50 = Lanes.multiplyAdd(s, b0, c50);
        c51 = Lanes.multiplyAdd(s, b1, c51);
      }
      a += 4 * rows;
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
    if (rows == 6) {
      c += cRow;
      v128.store(c, c40);
      v128.store(c, c41, 16);
      c += cRow;
      v128.store(c, c50);
      v128.store(c, c51, 16);
    }
  }
}
