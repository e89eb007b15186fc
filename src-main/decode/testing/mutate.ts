import type { Random } from '../../../src-worker/random';

/** A damaged copy: cut, with flipped bits, overwritten by large numbers, or with a piece moved. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const at = (length: number): number => random.integer(length);
  const copy = bytes.slice();
  const kind = at(4);
  if (kind === 0) return copy.slice(0, 1 + at(copy.length - 1));
  if (kind === 1) {
    for (let flips = 1 + at(8); flips > 0; flips--) copy[at(copy.length)]! ^= 1 << at(8);
    return copy;
  }
  if (kind === 2) {
    const value = [0, 1, 0x7f_ff_ff_ff, 0x80_00_00_00, 0xff_ff_ff_ff, 0xff_ff][at(6)]!;
    new DataView(copy.buffer).setUint32(at(copy.length - 4), value, true);
    return copy;
  }
  const length = 1 + at(64);
  copy.copyWithin(at(copy.length - length), at(copy.length - length), copy.length - length);
  return copy;
}
