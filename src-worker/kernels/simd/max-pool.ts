import { Lanes } from './lanes';
import { Window } from './window';

/**
 * Max pooling and its way back, channel by channel; `from` and `to` count channels over the whole batch. The first of equal
 * numbers wins, and NaN over every number.
 */

/**
 * z = the largest of each window.
 *
 * @param x       `[rows, channels, height, width]`
 * @param winners `[rows, channels, outHeight, outWidth]`: which pixel of its window won, counted row by row; 0 where nobody asks
 */
export function maxPool(w: usize, x: usize, z: usize, winners: usize, from: i32, to: i32): void {
  const height = Window.height(w);
  const width = Window.width(w);
  const positions = (<usize>Window.positions(w)) << 2;
  const plane = (<usize>(height * width)) << 2;
  const pairs = isPairs(w);
  for (let channel = from; channel < to; channel++) {
    const at = x + <usize>channel * plane;
    const out = z + <usize>channel * positions;
    const chosen = winners ? winners + <usize>channel * positions : 0;
    if (pairs) maxOfPairs(w, at, out, chosen);
    else maxOfWindows(w, at, out, chosen);
  }
}

/** dx = delta at each winner, 0 elsewhere; summed where a pixel won in several windows. */
export function maxPoolBackward(w: usize, winners: usize, delta: usize, dx: usize, from: i32, to: i32): void {
  const positions = (<usize>Window.positions(w)) << 2;
  const plane = (<usize>(Window.height(w) * Window.width(w))) << 2;
  const pairs = isPairs(w);
  for (let channel = from; channel < to; channel++) {
    const offset = <usize>channel * positions;
    const target = dx + <usize>channel * plane;
    if (pairs) spreadPairs(w, winners + offset, delta + offset, target);
    else spreadWindows(w, winners + offset, delta + offset, target, plane);
  }
}

/** Windows of 2 × 2 side by side. */
function isPairs(w: usize): bool {
  return (
    Window.kernelHeight(w) == 2 &&
    Window.kernelWidth(w) == 2 &&
    Window.strideHeight(w) == 2 &&
    Window.strideWidth(w) == 2
  );
}

function maxOfWindows(w: usize, x: usize, z: usize, winners: usize): void {
  const width = Window.width(w);
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  for (let u = 0; u < outHeight; u++) {
    for (let v = 0; v < outWidth; v++) {
      const corner = x + ((<usize>(u * Window.strideHeight(w) * width + v * Window.strideWidth(w))) << 2);
      let largest = f32.load(corner);
      let winner = 0;
      for (let r = 0; r < kernelHeight; r++) {
        const row = corner + ((<usize>(r * width)) << 2);
        for (let s = 0; s < kernelWidth; s++) {
          const value = f32.load(row + ((<usize>s) << 2));
          if (!(value <= largest) && largest == largest) {
            largest = value;
            winner = r * kernelWidth + s;
          }
        }
      }
      f32.store(z, largest);
      z += 4;
      if (winners) {
        store<i32>(winners, winner);
        winners += 4;
      }
    }
  }
}

function spreadWindows(w: usize, winners: usize, delta: usize, dx: usize, plane: usize): void {
  const width = Window.width(w);
  const kernelWidth = Window.kernelWidth(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  memory.fill(dx, 0, plane);
  for (let u = 0; u < outHeight; u++) {
    for (let v = 0; v < outWidth; v++) {
      const winner = load<i32>(winners);
      const r = winner / kernelWidth;
      const s = winner - r * kernelWidth;
      const pixel = (u * Window.strideHeight(w) + r) * width + v * Window.strideWidth(w) + s;
      const at = dx + ((<usize>pixel) << 2);
      f32.store(at, f32.load(at) + f32.load(delta));
      winners += 4;
      delta += 4;
    }
  }
}

/** Four windows of 2 × 2 at a time. */
function maxOfPairs(w: usize, x: usize, z: usize, winners: usize): void {
  const row = (<usize>Window.width(w)) << 2;
  const outWidth = Window.outWidth(w);
  for (let u = Window.outHeight(w); u > 0; u--) {
    for (let v = 0; v < outWidth; v += 4) {
      const at = x + ((<usize>v) << 3);
      const top0 = v128.load(at);
      const top1 = v128.load(at, 16);
      const low0 = v128.load(at + row);
      const low1 = v128.load(at + row, 16);
      let largest = v128.shuffle<i32>(top0, top1, 0, 2, 4, 6);
      let winner = i32x4.splat(0);
      let value = v128.shuffle<i32>(top0, top1, 1, 3, 5, 7);
      let beaten = Pairs.beaten(largest, value);
      largest = v128.bitselect(value, largest, beaten);
      winner = v128.bitselect(i32x4.splat(1), winner, beaten);
      value = v128.shuffle<i32>(low0, low1, 0, 2, 4, 6);
      beaten = Pairs.beaten(largest, value);
      largest = v128.bitselect(value, largest, beaten);
      winner = v128.bitselect(i32x4.splat(2), winner, beaten);
      value = v128.shuffle<i32>(low0, low1, 1, 3, 5, 7);
      beaten = Pairs.beaten(largest, value);
      largest = v128.bitselect(value, largest, beaten);
      winner = v128.bitselect(i32x4.splat(3), winner, beaten);
      const out = (<usize>v) << 2;
      Lanes.storeFirst(z + out, largest, outWidth - v);
      if (winners) Lanes.storeFirst(winners + out, winner, outWidth - v);
    }
    x += 2 * row;
    z += (<usize>outWidth) << 2;
    if (winners) winners += (<usize>outWidth) << 2;
  }
}

function spreadPairs(w: usize, winners: usize, delta: usize, dx: usize): void {
  const width = Window.width(w);
  const row = (<usize>width) << 2;
  const outWidth = Window.outWidth(w);
  const outHeight = Window.outHeight(w);
  for (let u = outHeight; u > 0; u--) {
    for (let v = 0; v < outWidth; v += 4) {
      const d = v128.load(delta + ((<usize>v) << 2));
      const winner = v128.load(winners + ((<usize>v) << 2));
      const top0 = v128.and(d, i32x4.eq(winner, i32x4.splat(0)));
      const top1 = v128.and(d, i32x4.eq(winner, i32x4.splat(1)));
      const low0 = v128.and(d, i32x4.eq(winner, i32x4.splat(2)));
      const low1 = v128.and(d, i32x4.eq(winner, i32x4.splat(3)));
      const at = dx + ((<usize>v) << 3);
      const left = (outWidth - v) << 1;
      Lanes.storeFirst(at, v128.shuffle<i32>(top0, top1, 0, 4, 1, 5), left);
      Lanes.storeFirst(at + 16, v128.shuffle<i32>(top0, top1, 2, 6, 3, 7), left - 4);
      Lanes.storeFirst(at + row, v128.shuffle<i32>(low0, low1, 0, 4, 1, 5), left);
      Lanes.storeFirst(at + row + 16, v128.shuffle<i32>(low0, low1, 2, 6, 3, 7), left - 4);
    }
    if (width & 1) {
      // The column that no window covers.
      f32.store(dx + row - 4, 0);
      f32.store(dx + 2 * row - 4, 0);
    }
    dx += 2 * row;
    delta += (<usize>outWidth) << 2;
    winners += (<usize>outWidth) << 2;
  }
  if (Window.height(w) & 1) memory.fill(dx, 0, row);
}

class Pairs {
  /** Where the largest so far is beaten: by a larger number or, unless it is NaN itself, by NaN. */
  @inline
  static beaten(largest: v128, value: v128): v128 {
    return v128.andnot(f32x4.eq(largest, largest), f32x4.le(value, largest));
  }
}
