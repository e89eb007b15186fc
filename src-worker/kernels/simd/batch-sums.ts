/** Sums of float32 in float64: a batch may have a hundred thousand numbers of a channel. */
export class BatchSums {
  @inline
  static low(v: v128): v128 {
    return f64x2.promote_low_f32x4(v);
  }

  @inline
  static high(v: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  }

  /** Two pairs of float64 as four float32. */
  @inline
  static narrow(low: v128, high: v128): v128 {
    return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  }

  @inline
  static total(v: v128): f64 {
    return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
  }
}
