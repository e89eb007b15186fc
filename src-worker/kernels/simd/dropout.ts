/** The finishing mix of 32 bits, see layers/dropout-mask.ts: there for one number, here for four. */
class Mix {
  @inline
  static word(h: u32): u32 {
    h = (h ^ (h >> 16)) * 0x7feb352d;
    h = (h ^ (h >> 15)) * 0x846ca68b;
    return h ^ (h >> 16);
  }

  @inline
  static lanes(h: v128, first: v128, second: v128): v128 {
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), first);
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), second);
    return v128.xor(h, i32x4.shr_u(h, 16));
  }
}

/**
 * to = from · factor where kept, else from · 0, which lets NaN and infinity show. The numbers are those at places `index` … of
 * the batch; `to` may be `from`. Arrays are padded to whole vectors.
 */
export function dropout(
  from: usize,
  to: usize,
  count: i32,
  index: u32,
  key: u32,
  step: u32,
  threshold: u32,
  factor: f32,
): void {
  const a = Mix.word(Mix.word(key) + step);
  const b = i32x4.splat(Mix.word(a + key));
  const first = i32x4.splat(0x7feb352d);
  const second = i32x4.splat(<i32>0x846ca68b);
  const least = i32x4.splat(threshold);
  const scale = f32x4.splat(factor);
  const four = i32x4.splat(4);
  let place = i32x4.add(i32x4.splat(index + a), i32x4(0, 1, 2, 3));
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const bits = Mix.lanes(i32x4.add(Mix.lanes(place, first, second), b), first, second);
    v128.store(to + i, f32x4.mul(v128.load(from + i), v128.and(scale, i32x4.ge_u(bits, least))));
    place = i32x4.add(place, four);
  }
}
