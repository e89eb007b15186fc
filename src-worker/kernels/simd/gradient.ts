import { CHUNK } from './blocks';
import { Lanes } from './lanes';
import { SETTING_CLIP_NORM, SETTING_GRADIENT_NORM, SETTING_L1, SETTING_L2, SETTING_SCALE } from './opcodes';

/**
 * What an update needs only sometimes, and then as passes of their own: L1, the norm of the gradient, clipping. Where they are
 * off, the updates make the gradient on their way, to the same bits.
 */

/**
 * sum ← sum/m + λ W + λ₁ sign(W), the gradient of the cost; λ and λ₁ only where `decays`. CS229 notes (3.37); the derivative of
 * |W| at 0 is taken to be 0. Arrays are padded to whole vectors.
 */
export function prepareGradient(
  W: usize,
  sum: usize,
  count: i32,
  inverseRows: f32,
  settings: usize,
  decays: bool,
): void {
  const perExample = f32x4.splat(inverseRows);
  const l2 = f32x4.splat(decays ? load<f32>(settings, SETTING_L2) : 0);
  const l1 = f32x4.splat(decays ? load<f32>(settings, SETTING_L1) : 0);
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Lanes.multiplyAdd(l2, w, f32x4.mul(v128.load(sum + i), perExample));
    const up = v128.and(f32x4.gt(w, zero), l1);
    const down = v128.and(f32x4.lt(w, zero), l1);
    v128.store(sum + i, f32x4.add(g, f32x4.sub(up, down)));
  }
}

/** How many sums {@link squareSums} makes of `count` numbers. */
export function squareSumsOf(count: i32): i32 {
  return (count + CHUNK - 1) / CHUNK;
}

/** sums[c] = Σ x² over chunk c, in float64, for the chunks from `first` to before `last`. The array is padded to whole vectors. */
export function squareSums(x: usize, count: i32, sums: usize, first: i32, last: i32): void {
  for (let chunk = first; chunk < last; chunk++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    const end = (<usize>min((chunk + 1) * CHUNK, count)) << 2;
    for (let i = (<usize>(chunk * CHUNK)) << 2; i < end; i += 16) {
      const value = v128.load(x + i);
      const front = f64x2.promote_low_f32x4(value);
      const back = f64x2.promote_low_f32x4(v128.shuffle<i64>(value, value, 1, 0));
      low = f64x2.add(low, f64x2.mul(front, front));
      high = f64x2.add(high, f64x2.mul(back, back));
    }
    const both = f64x2.add(low, high);
    store<f64>(sums + ((<usize>chunk) << 3), f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
  }
}

/**
 * The norm of the gradient out of `count` sums of squares, and the factor that shortens it to the longest that is allowed,
 * where there is such a limit. Pascanu et al. (2013), algorithm 1.
 */
export function clipGradient(sums: usize, count: i32, settings: usize): void {
  let total: f64 = 0;
  for (let chunk = 0; chunk < count; chunk++) total += load<f64>(sums + ((<usize>chunk) << 3));
  const norm = Math.sqrt(total);
  const most = <f64>load<f32>(settings, SETTING_CLIP_NORM);
  store<f64>(settings, norm, SETTING_GRADIENT_NORM);
  store<f32>(settings, most > 0 && norm > most ? <f32>(most / norm) : 1, SETTING_SCALE);
}
