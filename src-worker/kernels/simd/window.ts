import * as op from './opcodes';

/** Reads the description of a sliding window, WINDOW_WORDS words that an instruction carries; see ./opcodes and layers/window.ts. */
export class Window {
  @inline static channels(w: usize): i32 {
    return load<i32>(w, op.WINDOW_CHANNELS);
  }
  @inline static height(w: usize): i32 {
    return load<i32>(w, op.WINDOW_HEIGHT);
  }
  @inline static width(w: usize): i32 {
    return load<i32>(w, op.WINDOW_WIDTH);
  }
  @inline static filters(w: usize): i32 {
    return load<i32>(w, op.WINDOW_FILTERS);
  }
  @inline static kernelHeight(w: usize): i32 {
    return load<i32>(w, op.WINDOW_KERNEL_HEIGHT);
  }
  @inline static kernelWidth(w: usize): i32 {
    return load<i32>(w, op.WINDOW_KERNEL_WIDTH);
  }
  @inline static strideHeight(w: usize): i32 {
    return load<i32>(w, op.WINDOW_STRIDE_HEIGHT);
  }
  @inline static strideWidth(w: usize): i32 {
    return load<i32>(w, op.WINDOW_STRIDE_WIDTH);
  }
  @inline static padTop(w: usize): i32 {
    return load<i32>(w, op.WINDOW_PAD_TOP);
  }
  @inline static padLeft(w: usize): i32 {
    return load<i32>(w, op.WINDOW_PAD_LEFT);
  }
  @inline static outHeight(w: usize): i32 {
    return load<i32>(w, op.WINDOW_OUT_HEIGHT);
  }
  @inline static outWidth(w: usize): i32 {
    return load<i32>(w, op.WINDOW_OUT_WIDTH);
  }
  /** Numbers in a row of the image as the convolution reads it; see ./convolution-image. */
  @inline static imageRow(w: usize): i32 {
    return load<i32>(w, op.WINDOW_IMAGE_ROW);
  }
  /** Rows of a channel of that image. */
  @inline static imageHeight(w: usize): i32 {
    return load<i32>(w, op.WINDOW_IMAGE_HEIGHT);
  }
  /** Weights of one filter. */
  @inline static taps(w: usize): i32 {
    return Window.channels(w) * Window.kernelHeight(w) * Window.kernelWidth(w);
  }
  /** Numbers of one filter's output. */
  @inline static positions(w: usize): i32 {
    return Window.outHeight(w) * Window.outWidth(w);
  }
}
