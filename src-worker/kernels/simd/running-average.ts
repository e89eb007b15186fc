/** Smallest normal float32: below it, arithmetic is many times slower on most machines. */
const SMALLEST_NORMAL: f32 = 1.17549435e-38;

/** average ← keep · average + take · value of `count` numbers; what decays into the denormals ends at 0. Padded to whole vectors. */
export function runningAverage(average: usize, value: usize, count: i32, keep: f32, take: f32): void {
  const kept = f32x4.splat(keep);
  const taken = f32x4.splat(take);
  const least = f32x4.splat(SMALLEST_NORMAL);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const next = f32x4.add(f32x4.mul(kept, v128.load(average + i)), f32x4.mul(taken, v128.load(value + i)));
    v128.store(average + i, v128.andnot(next, f32x4.lt(f32x4.abs(next), least)));
  }
}
