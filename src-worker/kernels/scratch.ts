import * as block from './simd/blocks';
import { NT } from './simd/opcodes';

/**
 * Bytes of scratch that kernels ask for, each part of its own. In float64, and here rather than in the kernels: what a network
 * would take is to be known before there is a memory, also where it is more than 32 bits can count.
 */

const CACHE_LINE = 64;

/** Of a product of up to m rows, and for the variant that sums over the batch of up to k; see simd/product.ts. */
export function productScratchBytes(variant: number, m: number, n: number, k: number): number {
  // B transposed, where the product is not packed. A smaller batch may not be where the full one is.
  const transposed = variant === NT && n * k <= block.FEW_MULTIPLICATIONS ? roundUp(n, 4) * k * 4 : 0;
  return Math.max(transposed, packedBytes(m, n, k)) + CACHE_LINE;
}

/** A tile, a block of A, a strip of B. A smaller batch may have the longer block: 256 is one of 256, 257 are two of 129. */
function packedBytes(m: number, n: number, k: number): number {
  const depth = Math.min(k, block.BLOCK_K);
  // For either of the two tiles.
  const aRows = roundUp(Math.min(m, block.BLOCK_M), block.ROWS_RELAXED) + block.ROWS_RELAXED;
  const bColumns = roundUp(Math.min(n, block.STRIP), block.COLUMNS);
  return (aRows + bColumns) * depth * 4 + CACHE_LINE + block.ROWS_RELAXED * block.COLUMNS * 4;
}

/** Of simd/convolution.ts: the table and the packed weights. */
export function convolutionScratchBytes(filters: number, taps: number): number {
  return (taps + filters * taps) * 4;
}

/** Of simd/convolution-weights.ts: the table. */
export function convolutionWeightsScratchBytes(taps: number): number {
  return taps * 4;
}

/** Of simd/convolution-input.ts: the table, the packed weights, the sums of some channels. */
export function convolutionInputScratchBytes(
  channels: number,
  width: number,
  padLeft: number,
  filters: number,
  kernelHeight: number,
  kernelWidth: number,
  outWidth: number,
): number {
  const steps = filters * kernelHeight;
  const sums = kernelWidth - 1 + Math.max(outWidth, padLeft + roundUp(width, 4));
  return (steps + channels * kernelWidth * steps + block.CHANNELS_TOGETHER * kernelWidth * sums) * 4;
}

/** How many sums squareSums of simd/gradient.ts makes of `count` numbers. */
export function squareSumsOf(count: number): number {
  return Math.ceil(count / block.CHUNK);
}

function roundUp(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
