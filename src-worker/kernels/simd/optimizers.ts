import { Lanes } from './lanes';
import { SETTING_BETA, SETTING_L2, SETTING_LEARNING_RATE, SETTING_ONE_MINUS_BETA } from './opcodes';

/**
 * Updates in place of `count` parameters (arrays padded to whole vectors). The gradient of the cost is made on the way:
 * g = sum / m + λ W, with `sum` over the m examples of the batch and λ only where `decays`, CS229 notes (3.37).
 */

/** Smallest normal float32: below it, arithmetic is many times slower on most machines. */
const SMALLEST_NORMAL: f32 = 1.17549435e-38;

/** W ← W − α g. CS229 notes (3.31). */
export function sgd(W: usize, sum: usize, count: i32, inverseRows: f32, settings: usize, decays: bool): void {
  const perExample = f32x4.splat(inverseRows);
  const l2 = f32x4.splat(decays ? load<f32>(settings, SETTING_L2) : 0);
  const step = f32x4.neg(f32x4.splat(load<f32>(settings, SETTING_LEARNING_RATE)));
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Lanes.multiplyAdd(l2, w, f32x4.mul(v128.load(sum + i), perExample));
    v128.store(W + i, Lanes.multiplyAdd(step, g, w));
  }
}

/** v ← β v + (1 − β) g, W ← W − α v. CS229 notes (3.33). */
export function momentum(
  W: usize,
  sum: usize,
  v: usize,
  count: i32,
  inverseRows: f32,
  settings: usize,
  decays: bool,
): void {
  const perExample = f32x4.splat(inverseRows);
  const l2 = f32x4.splat(decays ? load<f32>(settings, SETTING_L2) : 0);
  const step = f32x4.neg(f32x4.splat(load<f32>(settings, SETTING_LEARNING_RATE)));
  const keep = f32x4.splat(load<f32>(settings, SETTING_BETA));
  const take = f32x4.splat(load<f32>(settings, SETTING_ONE_MINUS_BETA));
  const least = f32x4.splat(SMALLEST_NORMAL);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Lanes.multiplyAdd(l2, w, f32x4.mul(v128.load(sum + i), perExample));
    let average = Lanes.multiplyAdd(keep, v128.load(v + i), f32x4.mul(take, g));
    // An average without news decays into the denormals and, rounded to nearest, stays there for ever: end it at 0.
    average = v128.andnot(average, f32x4.lt(f32x4.abs(average), least));
    v128.store(v + i, average);
    v128.store(W + i, Lanes.multiplyAdd(step, average, w));
  }
}
