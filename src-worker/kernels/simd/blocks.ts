/**
 * Sizes by which the kernels cut their work. Plain constants without type annotations, like ./opcodes, because the room that
 * they ask for is computed in TypeScript before there is any memory; see ../scratch.ts.
 */

/** Longest run of k, rows of A and columns of B in one block of a packed product. */
export const BLOCK_K = 256;
export const BLOCK_M = 96;
export const BLOCK_N = 512;

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

/** Numbers whose squares are summed together: fixed, so that the sum has the same bits for any number of parts. */
export const CHUNK = 4096;
