import { Lanes } from './lanes';

/**
 * The inner tiles of C = initial + A B, in registers over the whole of k. Whatever the tile, an element of C is one chain
 * initial + a₀b₀ + a₁b₁ + … in the order of k, so its bits depend on neither the tile nor the path it was computed on.
 */
export class Tile {
  /**
   * `rows` (1 to 4, constant at every call) × 8 elements of C with operands as they lie. Element (i, p) of A lies at
   * `a + i·aRow + p·aStep`, row p of B at `b + p·bStep`; steps are in bytes. `initial` 0 means zero.
   */
  @inline
  static wide(
    rows: i32,
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
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    if (initial) {
      c00 = v128.load(initial);
      c01 = v128.load(initial, 16);
      if (rows > 1) {
        c10 = v128.load(initial + initialRow);
        c11 = v128.load(initial + initialRow, 16);
      }
      if (rows > 2) {
        c20 = v128.load(initial + 2 * initialRow);
        c21 = v128.load(initial + 2 * initialRow, 16);
      }
      if (rows > 3) {
        c30 = v128.load(initial + 3 * initialRow);
        c31 = v128.load(initial + 3 * initialRow, 16);
      }
    }
    let a0 = a;
    let a1 = a + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    for (let p = k; p > 0; p--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      b += bStep;
      let s = v128.load_splat<f32>(a0);
      a0 += aStep;
      c00 = Lanes.multiplyAdd(s, b0, c00);
      c01 = Lanes.multiplyAdd(s, b1, c01);
      if (rows > 1) {
        s = v128.load_splat<f32>(a1);
        a1 += aStep;
        c10 = Lanes.multiplyAdd(s, b0, c10);
        c11 = Lanes.multiplyAdd(s, b1, c11);
      }
      if (rows > 2) {
        s = v128.load_splat<f32>(a2);
        a2 += aStep;
        c20 = Lanes.multiplyAdd(s, b0, c20);
        c21 = Lanes.multiplyAdd(s, b1, c21);
      }
      if (rows > 3) {
        s = v128.load_splat<f32>(a3);
        a3 += aStep;
        c30 = Lanes.multiplyAdd(s, b0, c30);
        c31 = Lanes.multiplyAdd(s, b1, c31);
      }
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    if (rows > 1) {
      v128.store(c + cRow, c10);
      v128.store(c + cRow, c11, 16);
    }
    if (rows > 2) {
      v128.store(c + 2 * cRow, c20);
      v128.store(c + 2 * cRow, c21, 16);
    }
    if (rows > 3) {
      v128.store(c + 3 * cRow, c30);
      v128.store(c + 3 * cRow, c31, 16);
    }
  }

  /** As {@link Tile.wide}, four columns of which the first `columns` (1 to 4) are written. */
  @inline
  static narrow(
    rows: i32,
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
    let c0 = f32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    if (initial) {
      c0 = v128.load(initial);
      if (rows > 1) c1 = v128.load(initial + initialRow);
      if (rows > 2) c2 = v128.load(initial + 2 * initialRow);
      if (rows > 3) c3 = v128.load(initial + 3 * initialRow);
    }
    let a0 = a;
    let a1 = a + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    for (let p = k; p > 0; p--) {
      const b0 = v128.load(b);
      b += bStep;
      c0 = Lanes.multiplyAdd(v128.load_splat<f32>(a0), b0, c0);
      a0 += aStep;
      if (rows > 1) {
        c1 = Lanes.multiplyAdd(v128.load_splat<f32>(a1), b0, c1);
        a1 += aStep;
      }
      if (rows > 2) {
        c2 = Lanes.multiplyAdd(v128.load_splat<f32>(a2), b0, c2);
        a2 += aStep;
      }
      if (rows > 3) {
        c3 = Lanes.multiplyAdd(v128.load_splat<f32>(a3), b0, c3);
        a3 += aStep;
      }
    }
    Lanes.storeFirst(c, c0, columns);
    if (rows > 1) Lanes.storeFirst(c + cRow, c1, columns);
    if (rows > 2) Lanes.storeFirst(c + 2 * cRow, c2, columns);
    if (rows > 3) Lanes.storeFirst(c + 3 * cRow, c3, columns);
  }
}
