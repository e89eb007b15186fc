import { leadingEigen } from './leading-eigen';
import { largest } from './symmetric-eigen';

/** The two directions in which examples differ most. */
export interface PrincipalComponents {
  /** `[columns]` */
  readonly mean: Float64Array;
  /** p₁ and p₂, `[columns]` each: of length 1 and at right angles; all 0 where the examples do not differ in so many directions. */
  readonly directions: readonly [Float64Array, Float64Array];
  /** The share of the whole variance along each. */
  readonly shares: readonly [number, number];
}

/** More numbers beside each other than this, and fewer examples are taken: see {@link examplesFor}. */
const WIDEST = 256;
/** Multiplications for the covariance: a second or so, in pieces. */
const MOST_PRODUCTS = 2e8;
const MOST_NUMBERS = 4_000_000;
/** Rows between two turns. */
const PIECE = 64;
/** A variance smaller than this share of the whole is rounding. */
const NOTHING = 1e-12;

/** How many examples of so many numbers principal components are found from. */
export function examplesFor(columns: number): number {
  if (columns > WIDEST) return WIDEST;
  return Math.floor(Math.min(MOST_PRODUCTS / columns ** 2, MOST_NUMBERS / columns));
}

/**
 * The first two principal components of `x`, exact: eigenvectors of the covariance Σ = (1/m) Σᵢ (x⁽ⁱ⁾ − μ)(x⁽ⁱ⁾ − μ)ᵀ, or, where there are fewer rows than
 * columns, those of the rows' inner products, which has the same eigenvalues: p = (X − μ)ᵀ u / ‖(X − μ)ᵀ u‖.
 *
 * @param x `[rows, columns]`, used up
 * @yields now and then, so that others have their turn
 */
export function* principalComponents(
  x: Float64Array,
  rows: number,
  columns: number,
): Generator<void, PrincipalComponents> {
  const mean = new Float64Array(columns);
  for (let at = 0; at < x.length; at++) mean[at % columns]! += x[at]! / rows;
  for (let at = 0; at < x.length; at++) x[at]! -= mean[at % columns]!;
  yield;
  const wide = columns > rows;
  const n = wide ? rows : columns;
  const matrix = yield* wide ? innerProducts(x, n, columns) : covariance(x, rows, n);
  // The eigenvalues' sum is that of the diagonal.
  let whole = 0;
  for (let k = 0; k < n; k++) whole += matrix[k * n + k]!;
  const { values, vectors } = yield* leadingEigen(matrix, n, 2);
  const share = (k: number): number => {
    const value = values[k] ?? 0;
    return value > NOTHING * whole ? value / whole : 0;
  };
  const direction = (k: number): Float64Array => {
    if (share(k) === 0) return new Float64Array(columns);
    const vector = vectors.slice(k * n, (k + 1) * n);
    return wide ? acrossColumns(x, vector, columns) : vector;
  };
  return { mean, directions: [direction(0), direction(1)], shares: [share(0), share(1)] };
}

/** (X − μ)ᵀ(X − μ), `[columns, columns]`: Σ but for a factor, which moves no direction. */
function* covariance(x: Float64Array, rows: number, columns: number): Generator<void, Float64Array> {
  const sums = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = x[at + i]!;
      for (let j = i; j < columns; j++) sums[i * columns + j]! += value * x[at + j]!;
    }
    if (row % PIECE === 0) yield;
  }
  for (let i = 0; i < columns; i++) for (let j = 0; j < i; j++) sums[i * columns + j] = sums[j * columns + i]!;
  return sums;
}

/** (X − μ)(X − μ)ᵀ, `[rows, rows]`. */
function* innerProducts(x: Float64Array, rows: number, columns: number): Generator<void, Float64Array> {
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += x[i * columns + k]! * x[j * columns + k]!;
      products[i * rows + j] = products[j * rows + i] = sum;
    }
    if (i % 4 === 0) yield;
  }
  return products;
}

/** (X − μ)ᵀ u, made of length 1, its largest entry positive. */
function acrossColumns(x: Float64Array, u: Float64Array, columns: number): Float64Array {
  const direction = new Float64Array(columns);
  u.forEach((weight, row) => {
    for (let k = 0; k < columns; k++) direction[k]! += weight * x[row * columns + k]!;
  });
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  const factor = (largest(direction) < 0 ? -1 : 1) / length;
  return direction.map((value) => value * factor);
}
