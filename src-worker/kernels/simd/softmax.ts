import { Lanes } from './lanes';

/** a = eᶻ / Σ eᶻ over each row of n, the row's maximum taken off first. A row with NaN or +∞ becomes NaN. */
export function softmax(z: usize, a: usize, rows: i32, n: i32): void {
  const row = (<usize>n) << 2;
  const whole = (<usize>(n & ~3)) << 2;
  const tail = n & 3;
  const mask = Lanes.firstMask(tail);
  const lowest = f32x4.splat(-Infinity);
  for (; rows > 0; rows--) {
    let largest = lowest;
    for (let i: usize = 0; i < whole; i += 16) largest = f32x4.pmax(largest, v128.load(z + i));
    if (tail) largest = f32x4.pmax(largest, v128.bitselect(v128.load(z + whole), lowest, mask));
    const shift = f32x4.splat(Lanes.max(largest));
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < whole; i += 16) {
      const e = Lanes.exp(f32x4.sub(v128.load(z + i), shift));
      v128.store(a + i, e);
      total = f32x4.add(total, e);
    }
    if (tail) {
      const e = v128.and(Lanes.exp(f32x4.sub(v128.load(z + whole), shift)), mask);
      Lanes.storeFirst(a + whole, e, tail);
      total = f32x4.add(total, e);
    }
    const sum = f32x4.splat(Lanes.sum(total));
    for (let i: usize = 0; i < whole; i += 16) v128.store(a + i, f32x4.div(v128.load(a + i), sum));
    if (tail) Lanes.storeFirst(a + whole, f32x4.div(v128.load(a + whole), sum), tail);
    z += row;
    a += row;
  }
}

/** delta_j = a_j (da_j − Σ_i da_i a_i) over each row of n. */
export function softmaxBackward(a: usize, da: usize, delta: usize, rows: i32, n: i32): void {
  const row = (<usize>n) << 2;
  const whole = (<usize>(n & ~3)) << 2;
  const tail = n & 3;
  const mask = Lanes.firstMask(tail);
  for (; rows > 0; rows--) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < whole; i += 16) {
      total = f32x4.add(total, f32x4.mul(v128.load(a + i), v128.load(da + i)));
    }
    if (tail) total = f32x4.add(total, v128.and(f32x4.mul(v128.load(a + whole), v128.load(da + whole)), mask));
    const mean = f32x4.splat(Lanes.sum(total));
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(delta + i, f32x4.mul(v128.load(a + i), f32x4.sub(v128.load(da + i), mean)));
    }
    if (tail) {
      const value = f32x4.mul(v128.load(a + whole), f32x4.sub(v128.load(da + whole), mean));
      Lanes.storeFirst(delta + whole, value, tail);
    }
    a += row;
    da += row;
    delta += row;
  }
}
