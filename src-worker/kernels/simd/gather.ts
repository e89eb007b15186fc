import { Lanes } from './lanes';
import { SOURCE_CHANNELS, SOURCE_OFFSET, SOURCE_ROWS, SOURCE_SCALE } from './opcodes';

/**
 * Copies the rows of a batch side by side: target row i is source row order[first + i].
 *
 * @param source descriptor of SOURCE_BYTES; see ./opcodes
 * @param order  address of u32 row numbers, or 0 to take the rows as they lie
 * @param width  numbers in a row; nothing is written behind the last one, where another part's rows may begin
 */
export function gather(source: usize, order: usize, first: i32, rows: i32, width: i32, target: usize): void {
  const from = <usize>load<u32>(source, SOURCE_ROWS);
  const channels = load<i32>(source, SOURCE_CHANNELS);
  const offset = <usize>load<u32>(source, SOURCE_OFFSET);
  const scale = <usize>load<u32>(source, SOURCE_SCALE);
  if (channels == 0 && width == 1) return copySingles(from, order, first, rows, target);
  if (channels == 0 && width == 2) return copyPairs(from, order, first, rows, target);
  const rowBytes = <usize>width * (channels == 0 ? 4 : 1);
  for (let i = 0; i < rows; i++) {
    const number = order ? <usize>load<u32>(order + ((<usize>(first + i)) << 2)) : <usize>(first + i);
    const row = from + number * rowBytes;
    if (channels == 0) copyFloats(row, width, target, i < rows - 1);
    else widenBytes(row, width, channels, offset, scale, target);
    target += (<usize>width) << 2;
  }
}

/** Rows of one number, where the call of a copy would cost more than the copy. */
function copySingles(from: usize, order: usize, first: i32, rows: i32, target: usize): void {
  for (let i = 0; i < rows; i++) {
    const number = order ? <usize>load<u32>(order + ((<usize>(first + i)) << 2)) : <usize>(first + i);
    f32.store(target, f32.load(from + (number << 2)));
    target += 4;
  }
}

/** Rows of two numbers, such as the points of a plane. */
function copyPairs(from: usize, order: usize, first: i32, rows: i32, target: usize): void {
  for (let i = 0; i < rows; i++) {
    const number = order ? <usize>load<u32>(order + ((<usize>(first + i)) << 2)) : <usize>(first + i);
    i64.store(target, i64.load(from + (number << 3)));
    target += 8;
  }
}

/** @param spills whether up to 3 numbers past the end may be written, as the next row overwrites them */
function copyFloats(from: usize, count: i32, to: usize, spills: bool): void {
  for (let i = 4; i <= count; i += 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  const tail = count & 3;
  if (tail == 0) return;
  if (spills) v128.store(to, v128.load(from));
  else Lanes.storeFirst(to, v128.load(from), tail);
}

/** (byte − offset[c]) · scale[c], channel after channel. */
function widenBytes(from: usize, count: i32, channels: i32, offset: usize, scale: usize, to: usize): void {
  const each = count / channels;
  for (let channel = 0; channel < channels; channel++) {
    const at = (<usize>channel) << 2;
    const shift = load<f32>(offset + at);
    const factor = load<f32>(scale + at);
    const shifts = f32x4.splat(shift);
    const factors = f32x4.splat(factor);
    let left = each;
    for (; left >= 8; left -= 8) {
      const words = v128.load_ext<u8>(from);
      const low = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words));
      const high = f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words));
      v128.store(to, f32x4.mul(f32x4.sub(low, shifts), factors));
      v128.store(to, f32x4.mul(f32x4.sub(high, shifts), factors), 16);
      from += 8;
      to += 32;
    }
    for (; left > 0; left--) {
      store<f32>(to, (<f32>load<u8>(from) - shift) * factor);
      from += 1;
      to += 4;
    }
  }
}
