import type { FloatArray, Shape } from '../../src-worker/tensor';

/** Where number i of `[channels, height, width]` lies in the same image as `[height, width, channels]`. */
export function channelsLastOrder([channels = 0, height = 0, width = 0]: Shape): Uint32Array {
  const pixels = height * width;
  return Uint32Array.from({ length: channels * pixels }, (_, i) => (i % pixels) * channels + Math.floor(i / pixels));
}

/** `values[order[i]]` for each i; fresh. */
export function pick(values: FloatArray, order: Uint32Array): FloatArray {
  const result = values instanceof Float64Array ? new Float64Array(order.length) : new Float32Array(order.length);
  for (let i = 0; i < order.length; i++) result[i] = values[order[i]!]!;
  return result;
}
