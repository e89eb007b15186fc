import { Lanes } from './lanes';

/** out = eˣ; arrays padded to whole vectors. */
export function exp(x: usize, out: usize, count: i32): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) v128.store(out + i, Lanes.exp(v128.load(x + i)));
}
