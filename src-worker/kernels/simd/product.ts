import { NT, TN } from './opcodes';
import { productDirect, transpose } from './product-direct';
import { packedScratchBytes, productPacked } from './product-packed';

/**
 * Where packing costs more than it gains (measured): few multiplications, a B that stays in the first cache beside many rows
 * of A, or a C of a few tiles summed over many rows.
 */
const FEW_MULTIPLICATIONS: i64 = 65536;
const SMALL_B: i64 = 2048;
const SMALL_C: i64 = 128;

/**
 * C = initial + op(A) op(B), C `[m, n]` row-major, k the summed length.
 *
 *   NN  A [m, k]  B [k, n]     NT  A [m, k]  B [n, k]     TN  A [k, m]  B [k, n]
 *
 * @param bias    `[n]`, added to every row, or 0 for none
 * @param scratch {@link productScratchBytes} bytes
 */
export function product(
  variant: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  bias: usize,
  scratch: usize,
): void {
  const aRow: usize = variant == TN ? 4 : (<usize>k) << 2;
  const aStep: usize = variant == TN ? (<usize>m) << 2 : 4;
  if (isDirect(variant, m, n, k)) {
    let bStep = (<usize>n) << 2;
    if (variant == NT) {
      bStep = (bStep + 15) & ~15;
      transpose(b, n, k, scratch, bStep);
      b = scratch;
    }
    productDirect(m, n, k, a, aRow, aStep, b, bStep, c, bias, 0);
  } else if (variant == NT) {
    productPacked(m, n, k, a, aRow, aStep, b, 4, (<usize>k) << 2, c, bias, 0, scratch);
  } else {
    productPacked(m, n, k, a, aRow, aStep, b, (<usize>n) << 2, 4, c, bias, 0, scratch);
  }
}

/** Bytes of scratch that a product of up to m rows needs. */
export function productScratchBytes(variant: i32, m: i32, n: i32, k: i32): i32 {
  const transposed = variant == NT ? ((n + 3) & ~3) * k * 4 : 0;
  // A smaller batch may take the direct path where the full one packs.
  return max(isDirect(NT, 1, n, k) ? transposed : 0, packedScratchBytes(m, n, k)) + 64;
}

function isDirect(variant: i32, m: i32, n: i32, k: i32): bool {
  const elements = <i64>n * <i64>k;
  return (
    <i64>m * elements <= FEW_MULTIPLICATIONS ||
    elements <= SMALL_B ||
    // Not where B has to be transposed first: that would copy all of it.
    (variant != NT && <i64>m * <i64>n <= SMALL_C)
  );
}
