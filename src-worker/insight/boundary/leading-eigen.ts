import { createRandom } from '../../random';
import { largest, symmetricEigen, type Eigen } from './symmetric-eigen';

/** Up to this size all eigenvectors are found as fast as the first ones. */
const SMALL = 32;
/** Directions that are turned together: the more beyond those wanted, the faster these settle. */
const BLOCK = 12;
const MOST_TURNS = 400;
/** How far A v may lie from λ v, as a share of the largest eigenvalue. */
const DONE = 1e-13;

/**
 * The first eigenvalues and eigenvectors of a symmetric matrix without negative eigenvalues, from the largest down, by subspace iteration with Rayleigh and Ritz's
 * projection (Golub and Van Loan, Matrix Computations, §8.2.4): a block V of directions is multiplied by A, made orthonormal and turned to the eigenvectors of
 * Vᵀ A V, until A v = λ v for the first `count`. Where that does not settle, because later eigenvalues lie too close, all of them are found instead.
 * Signs are those of {@link symmetricEigen}.
 *
 * @param a `[n, n]`, used up
 * @returns at least `count` of them, if there are so many
 * @yields now and then, so that others have their turn
 */
export function* leadingEigen(a: Float64Array, n: number, count: number): Generator<void, Eigen> {
  const size = Math.max(BLOCK, 2 * count);
  if (n <= Math.max(SMALL, size)) return yield* symmetricEigen(a, n);
  const random = createRandom(1, 'leading eigenvectors');
  let block = Float64Array.from({ length: size * n }, () => random.normal());
  orthonormalize(block, size, n);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const image = multiply(a, block, size, n);
    const ritz = yield* symmetricEigen(products(block, image, size, n), size);
    block = combine(ritz.vectors, block, size, n);
    const turned = combine(ritz.vectors, image, size, n);
    if (settled(ritz.values, block, turned, count, n)) return { values: ritz.values, vectors: signed(block, size, n) };
    block = turned;
    orthonormalize(block, size, n);
    yield;
  }
  return yield* symmetricEigen(a, n);
}

/** A v for each row v of the block. */
function multiply(a: Float64Array, block: Float64Array, size: number, n: number): Float64Array {
  const image = new Float64Array(size * n);
  for (let k = 0; k < size; k++) {
    const v = block.subarray(k * n, (k + 1) * n);
    for (let row = 0; row < n; row++) image[k * n + row] = dot(v, a, row * n, n);
  }
  return image;
}

/** Vᵀ A V of rows: `[size, size]`. */
function products(block: Float64Array, image: Float64Array, size: number, n: number): Float64Array {
  const inner = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const v = block.subarray(i * n, (i + 1) * n);
    for (let j = 0; j <= i; j++) inner[i * size + j] = inner[j * size + i] = dot(v, image, j * n, n);
  }
  return inner;
}

/** Rows of `by` as weights of the block's rows. */
function combine(by: Float64Array, block: Float64Array, size: number, n: number): Float64Array<ArrayBuffer> {
  const combined = new Float64Array(size * n);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const weight = by[i * size + j]!;
      for (let k = 0; k < n; k++) combined[i * n + k]! += weight * block[j * n + k]!;
    }
  }
  return combined;
}

function settled(values: Float64Array, block: Float64Array, image: Float64Array, count: number, n: number): boolean {
  const most = DONE * Math.abs(values[0]!);
  for (let i = 0; i < count; i++) {
    let away = 0;
    for (let k = 0; k < n; k++) away += (image[i * n + k]! - values[i]! * block[i * n + k]!) ** 2;
    if (Math.sqrt(away) > most) return false;
  }
  return true;
}

/** Gram and Schmidt's, modified and twice, in place; a direction in which nothing is left becomes 0. */
function orthonormalize(block: Float64Array, size: number, n: number): void {
  for (let i = 0; i < size; i++) {
    const v = block.subarray(i * n, (i + 1) * n);
    const before = Math.sqrt(dot(v, v, 0, n));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const along = dot(v, block, j * n, n);
        for (let k = 0; k < n; k++) v[k]! -= along * block[j * n + k]!;
      }
    }
    const length = Math.sqrt(dot(v, v, 0, n));
    const nothing = length <= 1e-14 * before || length === 0;
    for (let k = 0; k < n; k++) v[k] = nothing ? 0 : v[k]! / length;
  }
}

function signed(block: Float64Array, size: number, n: number): Float64Array {
  for (let i = 0; i < size; i++) {
    const v = block.subarray(i * n, (i + 1) * n);
    if (largest(v) < 0) for (let k = 0; k < n; k++) v[k] = -v[k]!;
  }
  return block;
}

function dot(v: Float64Array, of: Float64Array, at: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += v[k]! * of[at + k]!;
  return sum;
}
