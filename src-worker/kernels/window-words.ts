import type { Window } from '../layers/window';

/** A sliding window as kernels read it: its numbers, and the size of the image that a convolution reads. */
export interface WindowWords {
  /** As simd/opcodes.ts orders them, `WINDOW_WORDS` of them. */
  readonly words: readonly number[];
  /** Numbers of one example of the image as the convolution reads it; 0 where that is x itself. */
  readonly imageSize: number;
}

/** @param filters channels of the output */
export function windowWords(window: Window, filters: number): WindowWords {
  const { channels, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth } = window;
  const { padTop, padLeft, outHeight, outWidth } = window;
  const neededHeight = (outHeight - 1) * strideHeight + kernelHeight;
  const neededWidth = (outWidth - 1) * strideWidth + kernelWidth;
  const inPlace = padTop === 0 && padLeft === 0 && strideWidth === 1 && neededHeight <= height && neededWidth <= width;
  // Every phase of a row holds the pixels under one weight at all positions, and those further on under later weights.
  const phase = outWidth + Math.floor((kernelWidth - 1) / strideWidth);
  const imageRow = inPlace ? width : phase * strideWidth;
  const imageHeight = inPlace ? height : neededHeight;
  return {
    words: [
      ...[channels, height, width, filters],
      ...[kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft, outHeight, outWidth],
      ...[imageRow, imageHeight],
    ],
    imageSize: inPlace ? 0 : channels * imageHeight * imageRow,
  };
}
