/** Eigenvalues from the largest to the smallest, with an orthonormal eigenvector each: row k of `vectors` belongs to value k. */
export interface Eigen {
  readonly values: Float64Array;
  /** `[n, n]` */
  readonly vectors: Float64Array;
}

/** It converges quadratically: ten sweeps are many. */
const MOST_SWEEPS = 60;
/** What is left beside the diagonal, as a share of the whole (both squared), where rounding takes over. */
const DONE = 1e-30;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, in float64 (Golub and Van Loan, Matrix Computations, §8.5).
 * The sign of each vector is that which makes its largest entry positive.
 *
 * @param a `[n, n]`, used up
 * @yields after each row of a sweep, so that others have their turn
 */
export function* symmetricEigen(a: Float64Array, n: number): Generator<void, Eigen> {
  const v = new Float64Array(n * n);
  for (let k = 0; k < n; k++) v[k * n + k] = 1;
  const whole = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && beside(a, n) > DONE * whole; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
      yield;
    }
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    const vector = v.subarray(from * n, (from + 1) * n);
    const sign = largest(vector) < 0 ? -1 : 1;
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * vector[k]!;
  });
  return { values: Float64Array.from(order, (k) => a[k * n + k]!), vectors };
}

/** The entry of the largest size, the first of equals. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
}

function beside(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += 2 * a[p * n + q]! ** 2;
  return sum;
}

/** Turns the plane of axes p and q so that a[p, q] becomes 0; rows of v follow. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const [atP, atQ] = [p * n, q * n];
  const [app, aqq] = [a[atP + p]!, a[atQ + q]!];
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[atP + k]!, a[atQ + k]!];
    a[k * n + p] = a[atP + k] = c * x - s * y;
    a[k * n + q] = a[atQ + k] = s * x + c * y;
    const [vp, vq] = [v[atP + k]!, v[atQ + k]!];
    v[atP + k] = c * vp - s * vq;
    v[atQ + k] = s * vp + c * vq;
  }
  a[atP + p] = app - t * apq;
  a[atQ + q] = aqq + t * apq;
  a[atP + q] = a[atQ + p] = 0;
}
