import { Gelu } from './gelu';
import { Lanes } from './lanes';
import * as op from './opcodes';

/**
 * Activations that work element by element, and their derivatives. Arrays are padded to whole vectors: up to 3 numbers past
 * `count` are read and written. An output may be one of the inputs.
 */

/** a = g(z). */
export function elementwise(g: i32, z: usize, a: usize, count: i32): void {
  if (g == op.SIGMOID) sigmoid(z, a, count);
  else if (g == op.TANH) tanh(z, a, count);
  else if (g == op.RELU) relu(z, a, count);
  else if (g == op.LEAKY_RELU) leakyRelu(z, a, count);
  else if (g == op.ELU) elu(z, a, count);
  else gelu(z, a, count);
}

/** delta = da ∘ g′(z); `value` is a, or z for GELU, whose slope a does not tell. */
export function elementwiseBackward(g: i32, value: usize, da: usize, delta: usize, count: i32): void {
  if (g == op.SIGMOID) sigmoidBackward(value, da, delta, count);
  else if (g == op.TANH) tanhBackward(value, da, delta, count);
  else if (g == op.RELU) reluBackward(value, da, delta, count);
  else if (g == op.LEAKY_RELU) leakyReluBackward(value, da, delta, count);
  else if (g == op.ELU) eluBackward(value, da, delta, count);
  else geluBackward(value, da, delta, count);
}

/** a = σ(z), relative error below 2e-7. */
function sigmoid(z: usize, a: usize, count: i32): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16)
    v128.store(a + i, Lanes.sigmoid(v128.load(z + i)));
}

/** delta = da ∘ a (1 − a). */
function sigmoidBackward(a: usize, da: usize, delta: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(a + i);
    v128.store(delta + i, f32x4.mul(v128.load(da + i), f32x4.mul(value, f32x4.sub(one, value))));
  }
}

/** a = tanh z, relative error below 2e-7. */
function tanh(z: usize, a: usize, count: i32): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) v128.store(a + i, Lanes.tanh(v128.load(z + i)));
}

/** delta = da ∘ (1 − a²), as (1 − a)(1 + a), which keeps its digits near saturation. */
function tanhBackward(a: usize, da: usize, delta: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(a + i);
    const slope = f32x4.mul(f32x4.sub(one, value), f32x4.add(one, value));
    v128.store(delta + i, f32x4.mul(v128.load(da + i), slope));
  }
}

/** a = max(z, 0); NaN stays NaN. */
function relu(z: usize, a: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    v128.store(a + i, f32x4.pmax(v128.load(z + i), zero));
  }
}

/** delta = da where a > 0, else 0. */
function reluBackward(a: usize, da: usize, delta: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    v128.store(delta + i, v128.and(v128.load(da + i), f32x4.gt(v128.load(a + i), zero)));
  }
}

const LEAKY_SLOPE: f32 = 0.01;

/** a = z where z > 0, else 0.01 z; NaN stays NaN. */
function leakyRelu(z: usize, a: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const slope = f32x4.splat(LEAKY_SLOPE);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(z + i);
    v128.store(a + i, v128.bitselect(value, f32x4.mul(value, slope), f32x4.gt(value, zero)));
  }
}

/** delta = da where a > 0, which is where z > 0, else 0.01 da. */
function leakyReluBackward(a: usize, da: usize, delta: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const slope = f32x4.splat(LEAKY_SLOPE);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const d = v128.load(da + i);
    v128.store(delta + i, v128.bitselect(d, f32x4.mul(d, slope), f32x4.gt(v128.load(a + i), zero)));
  }
}

/** a = z where z > 0, else eᶻ − 1, relative error below 2e-7. */
function elu(z: usize, a: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(z + i);
    v128.store(a + i, v128.bitselect(value, Lanes.expm1OfNegative(value), f32x4.gt(value, zero)));
  }
}

/** delta = da where a > 0, else da eᶻ, which is da (a + 1). */
function eluBackward(a: usize, da: usize, delta: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(a + i);
    const slope = v128.bitselect(one, f32x4.add(value, one), f32x4.gt(value, zero));
    v128.store(delta + i, f32x4.mul(v128.load(da + i), slope));
  }
}

/** a = z Φ(z), relative error below 5e-7; exactly 0 below z = −13, where it is smaller than 1e-36. */
function gelu(z: usize, a: usize, count: i32): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(z + i);
    v128.store(a + i, f32x4.mul(value, Gelu.probability(value, Gelu.bell(value))));
  }
}

/** delta = da (Φ(z) + z φ(z)), the factor within 3e-7. */
function geluBackward(z: usize, da: usize, delta: usize, count: i32): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16)
    v128.store(delta + i, f32x4.mul(v128.load(da + i), Gelu.slope(v128.load(z + i))));
}
