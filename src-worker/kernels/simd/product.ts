import { COLUMNS, FEW_MULTIPLICATIONS, SMALL_B, SMALL_C } from './blocks';
import { NT, TN } from './opcodes';
import { productDirect, transpose } from './product-direct';
import { productPacked } from './product-packed';
import { ROWS } from './product-panels';

/** What copying a number into a panel costs, in multiply-adds (measured: 0.3 to 0.4 ns, and 17 multiply-adds a nanosecond). */
const COPY_COST: i64 = 6;

/**
 * C = initial + op(A) op(B), C `[m, n]` row-major, k the summed length.
 *
 *   NN  A [m, k]  B [k, n]     NT  A [m, k]  B [n, k]     TN  A [k, m]  B [k, n]
 *
 * Part `part` of `parts` computes some columns of C, or some rows: whole tiles, whichever leaves it less to do.
 *
 * @param bias    `[n]`, added to every row, or 0 for none
 * @param scratch productScratchBytes of ../scratch.ts, of this part alone
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
  part: i32,
  parts: i32,
): void {
  const aRow: usize = variant == TN ? 4 : (<usize>k) << 2;
  const aStep: usize = variant == TN ? (<usize>m) << 2 : 4;
  const bColumn: usize = variant == NT ? (<usize>k) << 2 : 4;
  const cRow = (<usize>n) << 2;
  let bStep: usize = variant == NT ? 4 : cRow;
  const direct = isDirect(variant, m, n, k);
  if (parts > 1) {
    if (dividesColumns(m, n, parts)) {
      const from = boundary(n, COLUMNS, part, parts);
      n = boundary(n, COLUMNS, part + 1, parts) - from;
      b += <usize>from * bColumn;
      c += (<usize>from) << 2;
      if (bias) bias += (<usize>from) << 2;
    } else {
      const from = boundary(m, ROWS, part, parts);
      m = boundary(m, ROWS, part + 1, parts) - from;
      a += <usize>from * aRow;
      c += <usize>from * cRow;
    }
    if (m == 0 || n == 0) return;
  }
  if (direct) {
    if (variant == NT) {
      bStep = (((<usize>n) << 2) + 15) & ~15;
      transpose(b, n, k, scratch, bStep);
      b = scratch;
    }
    productDirect(m, n, k, a, aRow, aStep, b, bStep, c, cRow, bias, 0);
  } else {
    productPacked(m, n, k, a, aRow, aStep, b, bStep, bColumn, c, cRow, bias, 0, scratch);
  }
}

/** Whether the largest share is less work by columns, where every part copies all of A, or by rows, where it copies all of B. */
function dividesColumns(m: i32, n: i32, parts: i32): bool {
  const width = <i64>largestShare(n, COLUMNS, parts);
  const height = <i64>largestShare(m, ROWS, parts);
  return <i64>m * width + COPY_COST * (m + width) <= height * <i64>n + COPY_COST * (height + n);
}

function largestShare(size: i32, tile: i32, parts: i32): i32 {
  const tiles = (size + tile - 1) / tile;
  return min(((tiles + parts - 1) / parts) * tile, size);
}

/** Where the share of a part begins: at a whole number of tiles. */
function boundary(size: i32, tile: i32, part: i32, parts: i32): i32 {
  const tiles = (size + tile - 1) / tile;
  return min(<i32>((<i64>tiles * part) / parts) * tile, size);
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
