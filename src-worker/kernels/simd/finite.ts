import { Lanes } from './lanes';

/** Whether `count` numbers are all finite. The array is padded to whole vectors, its padding finite. */
export function allFinite(x: usize, count: i32): bool {
  // x − x is 0 for what is finite and NaN for what is not.
  let sum = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const value = v128.load(x + i);
    sum = f32x4.add(sum, f32x4.sub(value, value));
  }
  return Lanes.sum(sum) == 0;
}
