/**
 * As many fused multiply-adds as a core can make on 128-bit lanes: twelve independent sums in registers, so that neither
 * memory nor the latency of one sum (4 cycles on processors of today, two a cycle) holds the multipliers up, and few enough
 * that no engine spills a register.
 */

const LANES: i32 = 4;
const SUMS: i32 = 12;

/** A multiplication and an addition in every lane of every sum. */
export function flopsPerRound(): i32 {
  return 2 * LANES * SUMS;
}

/** s = x · y + s in every sum, `rounds` times; all of it added up, so that nothing may be left out. */
export function run(rounds: i32): f32 {
  const x = f32x4.splat(0.999999);
  const y = f32x4.splat(1e-6);
  let s0 = f32x4.splat(0.1);
  let s1 = f32x4.splat(0.2);
  let s2 = f32x4.splat(0.3);
  let s3 = f32x4.splat(0.4);
  let s4 = f32x4.splat(0.5);
  let s5 = f32x4.splat(0.6);
  let s6 = f32x4.splat(0.7);
  let s7 = f32x4.splat(0.8);
  let s8 = f32x4.splat(0.9);
  let s9 = f32x4.splat(1.0);
  let s10 = f32x4.splat(1.1);
  let s11 = f32x4.splat(1.2);
  for (let round = 0; round < rounds; round++) {
    s0 = f32x4.relaxed_madd(x, y, s0);
    s1 = f32x4.relaxed_madd(x, y, s1);
    s2 = f32x4.relaxed_madd(x, y, s2);
    s3 = f32x4.relaxed_madd(x, y, s3);
    s4 = f32x4.relaxed_madd(x, y, s4);
    s5 = f32x4.relaxed_madd(x, y, s5);
    s6 = f32x4.relaxed_madd(x, y, s6);
    s7 = f32x4.relaxed_madd(x, y, s7);
    s8 = f32x4.relaxed_madd(x, y, s8);
    s9 = f32x4.relaxed_madd(x, y, s9);
    s10 = f32x4.relaxed_madd(x, y, s10);
    s11 = f32x4.relaxed_madd(x, y, s11);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7))),
    f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11)),
  );
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}
