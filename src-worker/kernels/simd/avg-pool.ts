import { Window } from './window';

/** Average pooling and its way back, channel by channel; `from` and `to` count channels over the whole batch. */

/** z = the mean of each window, summed row by row. */
export function avgPool(w: usize, x: usize, z: usize, from: i32, to: i32): void {
  const width = Window.width(w);
  const plane = (<usize>(Window.height(w) * width)) << 2;
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  const area = <f32>(kernelHeight * kernelWidth);
  z += (<usize>(from * Window.positions(w))) << 2;
  for (let channel = from; channel < to; channel++) {
    const image = x + <usize>channel * plane;
    for (let u = 0; u < outHeight; u++) {
      for (let v = 0; v < outWidth; v++) {
        let at = image + ((<usize>(u * Window.strideHeight(w) * width + v * Window.strideWidth(w))) << 2);
        let sum: f32 = 0;
        for (let r = kernelHeight; r > 0; r--) {
          for (let s = 0; s < kernelWidth; s++) sum += f32.load(at + ((<usize>s) << 2));
          at += (<usize>width) << 2;
        }
        f32.store(z, sum / area);
        z += 4;
      }
    }
  }
}

/** dx = delta of each window over its pixels, in equal shares; summed where windows overlap. */
export function avgPoolBackward(w: usize, delta: usize, dx: usize, from: i32, to: i32): void {
  const width = Window.width(w);
  const plane = (<usize>(Window.height(w) * width)) << 2;
  const kernelHeight = Window.kernelHeight(w);
  const kernelWidth = Window.kernelWidth(w);
  const outHeight = Window.outHeight(w);
  const outWidth = Window.outWidth(w);
  const area = <f32>(kernelHeight * kernelWidth);
  delta += (<usize>(from * Window.positions(w))) << 2;
  for (let channel = from; channel < to; channel++) {
    const image = dx + <usize>channel * plane;
    memory.fill(image, 0, plane);
    for (let u = 0; u < outHeight; u++) {
      for (let v = 0; v < outWidth; v++) {
        let at = image + ((<usize>(u * Window.strideHeight(w) * width + v * Window.strideWidth(w))) << 2);
        const share = f32.load(delta) / area;
        for (let r = kernelHeight; r > 0; r--) {
          for (let s = 0; s < kernelWidth; s++) {
            const pixel = at + ((<usize>s) << 2);
            f32.store(pixel, f32.load(pixel) + share);
          }
          at += (<usize>width) << 2;
        }
        delta += 4;
      }
    }
  }
}
