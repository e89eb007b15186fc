/**
 * Sizes by which the kernels cut their work. Plain constants without type annotations, like ./opcodes, because the room that
 * they ask for is computed in TypeScript before there is any memory; see ../scratch.ts.
 */

/**
 * Longest run of k and most rows of A in one block of a packed product, and columns of B beside it: one cache line, which is read
 * once for two panels (measured on 128 × 1024 × 1024, NT NN TN: 16 columns 53 54 55, 32 columns 52 50 50, 8 columns 51 52 54 GFLOP/s).
 */
export const BLOCK_K = 256;
export const BLOCK_M = 384;
export const STRIP = 16;

/** Columns of the tile of a product, and its rows with a fused multiply-add and without. */
export const COLUMNS = 8;
export const ROWS_RELAXED = 6;
export const ROWS_PLAIN = 4;

/**
 * Where packing costs more than it gains (measured): few multiplications, a B that stays in the first cache beside many rows
 * of A, or a C of a few tiles summed over many rows.
 */
export const FEW_MULTIPLICATIONS = 65536;
export const SMALL_B = 2048;
export const SMALL_C = 128;

/** Channels of which a row of dx of a convolution is made at once: their columns fill whole panels of four. */
export const CHANNELS_TOGETHER = 4;

/** Numbers whose squares are summed together: fixed, so that the sum has the same bits for any number of parts. */
export const CHUNK = 4096;
