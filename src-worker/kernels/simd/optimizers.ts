import { Lanes } from './lanes';
import {
  SETTING_BETA,
  SETTING_BETA_2,
  SETTING_EPSILON,
  SETTING_EXACT_BETA,
  SETTING_EXACT_BETA_2,
  SETTING_LEARNING_RATE,
  SETTING_ONE_MINUS_BETA,
  SETTING_ONE_MINUS_BETA_2,
  SETTING_WEIGHT_DECAY,
} from './opcodes';

/**
 * Updates in place of `count` parameters (arrays padded to whole vectors), the whole rule in one pass over the memory. The
 * gradient of the cost is made on the way: g = scale · sum + λ W. With the bare sum over the m examples of the batch, scale is
 * 1/m and λ is that of L2, CS229 notes (3.37); with a gradient that ./gradient prepared, scale is what clipping leaves and
 * λ is 0.
 *
 * Each says whether all that it wrote is finite: x − x is 0 for what is and NaN for what is not.
 */

/** Smallest normal float32: below it, arithmetic is many times slower on most machines. */
const SMALLEST_NORMAL: f32 = 1.17549435e-38;

/** Building blocks; methods, because only those can be inlined here, see ./lanes. */
class Rule {
  /** g = scale · sum + λ W. */
  @inline
  static gradient(sum: usize, scale: v128, l2: v128, w: v128): v128 {
    return Lanes.multiplyAdd(l2, w, f32x4.mul(v128.load(sum), scale));
  }

  /** keep · old + news, ended at 0 where it would decay into the denormals and, rounded to nearest, stay there for ever. */
  @inline
  static average(keep: v128, old: usize, news: v128): v128 {
    const average = Lanes.multiplyAdd(keep, v128.load(old), news);
    return v128.andnot(average, f32x4.lt(f32x4.abs(average), f32x4.splat(SMALLEST_NORMAL)));
  }

  /** Keeps a bit of every value that is not finite; by bits and not by a sum, whose additions would wait for each other. */
  @inline
  static watch(watched: v128, value: v128): v128 {
    return v128.or(watched, f32x4.sub(value, value));
  }

  /** −α in every lane. */
  @inline
  static step(settings: usize): v128 {
    return f32x4.neg(v128.load_splat<f32>(settings + SETTING_LEARNING_RATE));
  }
}

/** W ← W − α g. CS229 notes (3.31). */
export function sgd(W: usize, sum: usize, count: i32, scale: f32, l2: f32, settings: usize): bool {
  const scales = f32x4.splat(scale);
  const decay = f32x4.splat(l2);
  const step = Rule.step(settings);
  let watched = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const next = Lanes.multiplyAdd(step, Rule.gradient(sum + i, scales, decay, w), w);
    watched = Rule.watch(watched, next);
    v128.store(W + i, next);
  }
  return !v128.any_true(watched);
}

/** v ← β v + (1 − β) g, W ← W − α v. CS229 notes (3.33). With 1 − β replaced by 1 it is the heavy ball of Polyak (1964). */
export function momentum(W: usize, sum: usize, v: usize, count: i32, scale: f32, l2: f32, settings: usize): bool {
  const scales = f32x4.splat(scale);
  const decay = f32x4.splat(l2);
  const step = Rule.step(settings);
  const keep = v128.load_splat<f32>(settings + SETTING_BETA);
  const take = v128.load_splat<f32>(settings + SETTING_ONE_MINUS_BETA);
  let watched = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Rule.gradient(sum + i, scales, decay, w);
    const average = Rule.average(keep, v + i, f32x4.mul(take, g));
    const next = Lanes.multiplyAdd(step, average, w);
    // An average that is not finite makes the weight so.
    watched = Rule.watch(watched, next);
    v128.store(v + i, average);
    v128.store(W + i, next);
  }
  return !v128.any_true(watched);
}

/** v ← μ v + g, W ← W − α (g + μ v). Sutskever et al. (2013), in the form of PyTorch. */
export function nesterov(W: usize, sum: usize, v: usize, count: i32, scale: f32, l2: f32, settings: usize): bool {
  const scales = f32x4.splat(scale);
  const decay = f32x4.splat(l2);
  const step = Rule.step(settings);
  const keep = v128.load_splat<f32>(settings + SETTING_BETA);
  let watched = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Rule.gradient(sum + i, scales, decay, w);
    const velocity = Rule.average(keep, v + i, g);
    const next = Lanes.multiplyAdd(step, Lanes.multiplyAdd(keep, velocity, g), w);
    watched = Rule.watch(Rule.watch(watched, next), velocity);
    v128.store(v + i, velocity);
    v128.store(W + i, next);
  }
  return !v128.any_true(watched);
}

/** s ← ρ s + (1 − ρ) g², W ← W − α g / (√s + ε). Hinton (2012), lecture 6e. */
export function rmsprop(W: usize, sum: usize, s: usize, count: i32, scale: f32, l2: f32, settings: usize): bool {
  const scales = f32x4.splat(scale);
  const decay = f32x4.splat(l2);
  const step = Rule.step(settings);
  const keep = v128.load_splat<f32>(settings + SETTING_BETA);
  const take = v128.load_splat<f32>(settings + SETTING_ONE_MINUS_BETA);
  const epsilon = v128.load_splat<f32>(settings + SETTING_EPSILON);
  let watched = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Rule.gradient(sum + i, scales, decay, w);
    const square = Rule.average(keep, s + i, f32x4.mul(f32x4.mul(take, g), g));
    const next = f32x4.add(w, f32x4.div(f32x4.mul(step, g), f32x4.add(f32x4.sqrt(square), epsilon)));
    // An infinite square would freeze its weight without a trace.
    watched = Rule.watch(Rule.watch(watched, next), square);
    v128.store(s + i, square);
    v128.store(W + i, next);
  }
  return !v128.any_true(watched);
}

/**
 * v ← β₁ v + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², W ← (1 − α w) W − α v̂ / (√ŝ + ε) with v̂ = v / (1 − β₁ᵗ) and
 * ŝ = s / (1 − β₂ᵗ). Kingma and Ba (2015), algorithm 1; with `decays` the weight decay w of Loshchilov and Hutter (2019),
 * algorithm 2. The corrections are taken in float64: 1 − 0.999 in float32 has an error of 10⁻⁵.
 *
 * @param t number of this update, from 1
 */
export function adam(
  W: usize,
  sum: usize,
  v: usize,
  s: usize,
  count: i32,
  scale: f32,
  l2: f32,
  settings: usize,
  t: i32,
  decays: bool,
): bool {
  const scales = f32x4.splat(scale);
  const decay = f32x4.splat(l2);
  const learningRate = <f64>load<f32>(settings, SETTING_LEARNING_RATE);
  const first = 1.0 - Math.pow(load<f64>(settings, SETTING_EXACT_BETA), <f64>t);
  const second = 1.0 - Math.pow(load<f64>(settings, SETTING_EXACT_BETA_2), <f64>t);
  const step = f32x4.splat(<f32>(-learningRate / first));
  const correction = f32x4.splat(<f32>(1.0 / Math.sqrt(second)));
  const shrink = f32x4.splat(decays ? <f32>(1.0 - learningRate * <f64>load<f32>(settings, SETTING_WEIGHT_DECAY)) : 1);
  const keep = v128.load_splat<f32>(settings + SETTING_BETA);
  const take = v128.load_splat<f32>(settings + SETTING_ONE_MINUS_BETA);
  const keepSquare = v128.load_splat<f32>(settings + SETTING_BETA_2);
  const takeSquare = v128.load_splat<f32>(settings + SETTING_ONE_MINUS_BETA_2);
  const epsilon = v128.load_splat<f32>(settings + SETTING_EPSILON);
  let watched = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const w = v128.load(W + i);
    const g = Rule.gradient(sum + i, scales, decay, w);
    const average = Rule.average(keep, v + i, f32x4.mul(take, g));
    const square = Rule.average(keepSquare, s + i, f32x4.mul(f32x4.mul(takeSquare, g), g));
    const root = Lanes.multiplyAdd(f32x4.sqrt(square), correction, epsilon);
    const next = Lanes.multiplyAdd(w, shrink, f32x4.div(f32x4.mul(step, average), root));
    watched = Rule.watch(Rule.watch(watched, next), square);
    v128.store(v + i, average);
    v128.store(s + i, square);
    v128.store(W + i, next);
  }
  return !v128.any_true(watched);
}
