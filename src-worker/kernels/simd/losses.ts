import { Lanes } from './lanes';

/**
 * Losses: Σ over the rows in float64, from z where the loss belongs to an activation. `delta` 0 asks for the loss alone;
 * otherwise it gets ∂L/∂z of each example, or ∂L/∂a where an activation's backward follows. Arrays are padded to whole
 * vectors, as in ./activations.
 */

/** ½ Σ (a − y)²; da = a − y. */
export function squaredLoss(a: usize, y: usize, da: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = (<usize>i) << 2;
    let difference = f32x4.sub(v128.load(a + at), v128.load(y + at));
    if (da) v128.store(da + at, difference);
    difference = v128.and(difference, Lanes.firstMask(count - i));
    const first = f64x2.promote_low_f32x4(difference);
    const second = f64x2.promote_low_f32x4(v128.shuffle<i64>(difference, difference, 1, 0));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  return 0.5 * sumDoubles(f64x2.add(low, high));
}

/**
 * Σ max(z, 0) − y z + log(1 + e^−|z|); delta = a − y with a = σ(z). The logarithms are taken of products of 1 + e^−|z|,
 * hundreds at a time: each factor is in [1, 2], so 256 of them stay far from overflow.
 */
export function logisticLoss(z: usize, a: usize, y: usize, delta: usize, count: i32): f64 {
  const zero = f32x4.splat(0);
  const one = f64x2.splat(1);
  let linear = f64x2.splat(0);
  let low = one;
  let high = one;
  let logs: f64 = 0;
  for (let i = 0; i < count; i += 4) {
    const at = (<usize>i) << 2;
    const logit = v128.load(z + at);
    const target = v128.load(y + at);
    if (delta) v128.store(delta + at, f32x4.sub(v128.load(a + at), target));
    const mask = Lanes.firstMask(count - i);
    const straight = v128.and(f32x4.sub(f32x4.pmax(logit, zero), f32x4.mul(target, logit)), mask);
    const e = v128.and(Lanes.exp(f32x4.neg(f32x4.abs(logit))), mask);
    linear = f64x2.add(linear, f64x2.promote_low_f32x4(straight));
    linear = f64x2.add(linear, f64x2.promote_low_f32x4(v128.shuffle<i64>(straight, straight, 1, 0)));
    low = f64x2.mul(low, f64x2.add(one, f64x2.promote_low_f32x4(e)));
    high = f64x2.mul(high, f64x2.add(one, f64x2.promote_low_f32x4(v128.shuffle<i64>(e, e, 1, 0))));
    if ((i & 1023) == 1020) {
      logs += Math.log(productDoubles(low)) + Math.log(productDoubles(high));
      low = one;
      high = one;
    }
  }
  return sumDoubles(linear) + logs + Math.log(productDoubles(f64x2.mul(low, high)));
}

/**
 * Σ_rows Σ_k y_k (log Σ_c e^{z_c} − z_k); delta = a − y with a = softmax(z). Each row of y sums to 1. The logarithms are
 * taken of products of the rows' sums, each in [1, n].
 */
export function crossEntropyLoss(z: usize, a: usize, y: usize, delta: usize, rows: i32, n: i32): f64 {
  let linear: f64 = 0;
  let product: f64 = 1;
  let logs: f64 = 0;
  const row = (<usize>n) << 2;
  for (; rows > 0; rows--) {
    let largest = f32x4.splat(-Infinity);
    const lowest = largest;
    for (let k = 0; k < n; k += 4) {
      largest = f32x4.pmax(largest, v128.bitselect(v128.load(z + ((<usize>k) << 2)), lowest, Lanes.firstMask(n - k)));
    }
    const shift = f32x4.splat(Lanes.max(largest));
    let total = f64x2.splat(0);
    let straight = f64x2.splat(0);
    for (let k = 0; k < n; k += 4) {
      const at = (<usize>k) << 2;
      const mask = Lanes.firstMask(n - k);
      const target = v128.load(y + at);
      if (delta) Lanes.storeFirst(delta + at, f32x4.sub(v128.load(a + at), target), n - k);
      const shifted = f32x4.sub(v128.load(z + at), shift);
      const e = v128.and(Lanes.exp(shifted), mask);
      total = f64x2.add(total, f64x2.promote_low_f32x4(e));
      total = f64x2.add(total, f64x2.promote_low_f32x4(v128.shuffle<i64>(e, e, 1, 0)));
      const term = v128.and(f32x4.mul(target, shifted), mask);
      straight = f64x2.add(straight, f64x2.promote_low_f32x4(term));
      straight = f64x2.add(straight, f64x2.promote_low_f32x4(v128.shuffle<i64>(term, term, 1, 0)));
    }
    linear += sumDoubles(straight);
    product *= sumDoubles(total);
    if (product > 1e200) {
      logs += Math.log(product);
      product = 1;
    }
    z += row;
    a += row;
    y += row;
    if (delta) delta += row;
  }
  return logs + Math.log(product) - linear;
}

function sumDoubles(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

function productDoubles(v: v128): f64 {
  return f64x2.extract_lane(v, 0) * f64x2.extract_lane(v, 1);
}
