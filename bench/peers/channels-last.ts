/**
 * Images as libraries without channels-first layout have them: rows of `[channels, height, width]` become rows of
 * `[height, width, channels]`. A fresh array.
 */
export function channelsLast(
  values: Float32Array,
  [channels = 1, height = 1, width = 1]: readonly number[],
): Float32Array {
  const area = height * width;
  const size = channels * area;
  return values.map((_, index) => {
    const row = Math.floor(index / size) * size;
    const within = index - row;
    return values[row + (within % channels) * area + Math.floor(within / channels)] ?? NaN;
  });
}
