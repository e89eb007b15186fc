/**
 * Constants of the exponentials, read from memory: engines build a vector constant anew at every use, which costs three to
 * five instructions where a load costs one (measured: tanh 1.4 times as fast).
 */
const CONSTANTS: usize = memory.data<f32>(
  [
    0.00138825213, 0.00836652059, 0.0416671999, 0.166665436, 0.499999982, 1.44269504, 12582912, -0.693359375,
    0.000212194442, 1, 2, 89, -104, 10, -20,
  ],
  64,
);
const Q4: usize = 0;
const Q3: usize = 4;
const Q2: usize = 8;
const Q1: usize = 12;
const Q0: usize = 16;
const LOG2_E: usize = 20;
/** 1.5 · 2²³: adding it rounds to an integer and leaves that in the low bits. */
const ROUND: usize = 24;
/** −ln 2 in two parts, so that n ln 2 loses no digit. */
const MINUS_LN2_HIGH: usize = 28;
const MINUS_LN2_LOW: usize = 32;
const ONE: usize = 36;
const TWO: usize = 40;
const EXP_MOST: usize = 44;
const EXP_LEAST: usize = 48;
const TANH_MOST: usize = 52;
const EXPM1_LEAST: usize = 56;

/**
 * Four floats at a time. Static methods, because only on methods do both AssemblyScript and TypeScript accept `@inline`, and
 * a call per vector would cost more than most of these.
 */
export class Lanes {
  /** a · b + c: one rounding where relaxed SIMD brings a fused multiply-add, two elsewhere. */
  @inline
  static multiplyAdd(a: v128, b: v128, c: v128): v128 {
    return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
  }

  /** All ones in the first `count` lanes, zeros in the rest. */
  @inline
  static firstMask(count: i32): v128 {
    return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  }

  /** Writes the first `count` lanes, 0 to 4. */
  @inline
  static storeFirst(address: usize, value: v128, count: i32): void {
    if (count >= 4) {
      v128.store(address, value);
    } else if (count == 3) {
      v128.store_lane<u64>(address, value, 0);
      v128.store_lane<u32>(address, value, 2, 8);
    } else if (count == 2) {
      v128.store_lane<u64>(address, value, 0);
    } else if (count == 1) {
      v128.store_lane<u32>(address, value, 0);
    }
  }

  /** Sum over the lanes, as ((0 + 2) + (1 + 3)). */
  @inline
  static sum(v: v128): f32 {
    const pairs = f32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
    return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  }

  /** Largest lane; unspecified where one is NaN. */
  @inline
  static max(v: v128): f32 {
    const pairs = f32x4.pmax(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
    return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
  }

  /** One of the constants above, in every lane. */
  @inline
  static constant(offset: usize): v128 {
    return v128.load_splat<f32>(CONSTANTS + offset);
  }

  /**
   * eʳ − 1 for |r| ≤ ½ ln 2 as r + r² q(r). q is a minimax fit of degree 4 in the relative error of eʳ − 1, which is
   * 1.4e-8 before rounding.
   */
  @inline
  static expm1Reduced(r: v128): v128 {
    let q = Lanes.multiplyAdd(Lanes.constant(Q4), r, Lanes.constant(Q3));
    q = Lanes.multiplyAdd(q, r, Lanes.constant(Q2));
    q = Lanes.multiplyAdd(q, r, Lanes.constant(Q1));
    q = Lanes.multiplyAdd(q, r, Lanes.constant(Q0));
    return Lanes.multiplyAdd(f32x4.mul(r, r), q, r);
  }

  /**
   * eˣ with relative error below 1e-7, denormal results and overflow to infinity included; NaN stays NaN.
   * x = n ln 2 + r with n an integer and |r| ≤ ½ ln 2, then eˣ = 2ⁿ eʳ; ln 2 in two parts, so that n ln 2 loses no digit.
   */
  @inline
  static exp(x: v128): v128 {
    // pmin and pmax give their first operand where the comparison fails: NaN passes.
    const clamped = f32x4.pmax(f32x4.pmin(x, Lanes.constant(EXP_MOST)), Lanes.constant(EXP_LEAST));
    // Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits.
    const shifted = Lanes.multiplyAdd(clamped, Lanes.constant(LOG2_E), Lanes.constant(ROUND));
    const n = f32x4.sub(shifted, Lanes.constant(ROUND));
    let r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_HIGH), clamped);
    r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_LOW), r);
    const power = i32x4.sub(shifted, i32x4.splat(0x4b400000));
    // 2ⁿ in two factors: n reaches 128 and −150, past what one exponent holds.
    const half = i32x4.shr_s(power, 1);
    const one = Lanes.constant(ONE);
    const first = i32x4.add(i32x4.shl(half, 23), one);
    const second = i32x4.add(i32x4.shl(i32x4.sub(power, half), 23), one);
    return f32x4.mul(f32x4.mul(f32x4.add(Lanes.expm1Reduced(r), Lanes.constant(ONE)), first), second);
  }

  /** e^(high + low) where −87 < high ≤ 0 and `low` is what `high` lost to rounding; NaN stays NaN. */
  @inline
  static expOfNegativeSum(high: v128, low: v128): v128 {
    const shifted = Lanes.multiplyAdd(high, Lanes.constant(LOG2_E), Lanes.constant(ROUND));
    const n = f32x4.sub(shifted, Lanes.constant(ROUND));
    let r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_HIGH), high);
    r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_LOW), f32x4.add(r, low));
    const scale = i32x4.add(i32x4.shl(shifted, 23), Lanes.constant(ONE));
    return f32x4.mul(f32x4.add(Lanes.expm1Reduced(r), Lanes.constant(ONE)), scale);
  }

  /** eˣ − 1 for x ≤ 0 with relative error below 2e-7; something finite for x > 0, and NaN stays NaN. */
  @inline
  static expm1OfNegative(x: v128): v128 {
    // pmin and pmax give their first operand where the comparison fails: NaN passes.
    const clamped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(0)), Lanes.constant(EXPM1_LEAST));
    const shifted = Lanes.multiplyAdd(clamped, Lanes.constant(LOG2_E), Lanes.constant(ROUND));
    const n = f32x4.sub(shifted, Lanes.constant(ROUND));
    let r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_HIGH), clamped);
    r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_LOW), r);
    const scale = i32x4.add(i32x4.shl(shifted, 23), Lanes.constant(ONE));
    return Lanes.multiplyAdd(Lanes.expm1Reduced(r), scale, f32x4.sub(scale, Lanes.constant(ONE)));
  }

  /** σ(x) = 1 / (1 + e⁻ˣ) with relative error below 2e-7; from e^−|x|, so that neither side overflows. NaN stays NaN. */
  @inline
  static sigmoid(x: v128): v128 {
    const e = Lanes.exp(f32x4.neg(f32x4.abs(x)));
    const one = Lanes.constant(ONE);
    return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
  }

  /**
   * tanh x with relative error below 2e-7, exactly ±1 past |x| = 9.1; NaN stays NaN.
   * tanh |x| = u / (u + 2) with u = e^2|x| − 1 = 2ⁿ (eʳ − 1) + (2ⁿ − 1), which keeps its digits near 0.
   */
  @inline
  static tanh(x: v128): v128 {
    const positive = f32x4.abs(x);
    const sign = v128.xor(x, positive);
    const size = f32x4.pmin(positive, Lanes.constant(TANH_MOST));
    const twice = f32x4.add(size, size);
    const shifted = Lanes.multiplyAdd(twice, Lanes.constant(LOG2_E), Lanes.constant(ROUND));
    const n = f32x4.sub(shifted, Lanes.constant(ROUND));
    let r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_HIGH), twice);
    r = Lanes.multiplyAdd(n, Lanes.constant(MINUS_LN2_LOW), r);
    const scale = i32x4.add(i32x4.shl(shifted, 23), Lanes.constant(ONE));
    const u = Lanes.multiplyAdd(Lanes.expm1Reduced(r), scale, f32x4.sub(scale, Lanes.constant(ONE)));
    return v128.or(f32x4.div(u, f32x4.add(u, Lanes.constant(TWO))), sign);
  }
}
