import { Lanes } from './lanes';
import { numberOf } from './shares';

/** sum[j] = Σ_i x[i, j] over `[rows, n]`, each in the order of the rows; part `part` of `parts` of the columns. */
export function columnSums(x: usize, sum: usize, rows: i32, n: i32, part: i32, parts: i32): void {
  const row = (<usize>n) << 2;
  let j = numberOf(n, part, parts);
  n = numberOf(n, part + 1, parts);
  for (; j + 16 <= n; j += 16) {
    let at = x + ((<usize>j) << 2);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let i = rows; i > 0; i--) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      at += row;
    }
    const to = sum + ((<usize>j) << 2);
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; j < n; j += 4) {
    let at = x + ((<usize>j) << 2);
    let s = f32x4.splat(0);
    for (let i = rows; i > 0; i--) {
      s = f32x4.add(s, v128.load(at));
      at += row;
    }
    Lanes.storeFirst(sum + ((<usize>j) << 2), s, n - j);
  }
}
