import type { FloatArray } from '../tensor';

/**
 * The linear algebra of the reference backend: plain loops that read like the notes, the definition of correct that every
 * fast kernel is judged by. What belongs to one concept stands in its definition (activations/, losses/, optimizers/).
 *
 * All matrices are row-major. Arrays may be float64 or float32; a value is computed in double precision and rounded once,
 * when it is stored, so the float32 reference is the most accurate answer that float32 can hold. Outputs are overwritten
 * unless the name says `add`; no function allocates, and an output may not overlap an input except where it says so.
 */

/**
 * Matrix product.
 *
 *   C = A B        c[i, j] = Σ_p a[i, p] b[p, j]
 *
 * In backpropagation: `da = delta W`, the row form of da = Wᵀ dz, Index notes (9).
 *
 * @param a `[m, k]`
 * @param b `[k, n]`
 * @param c `[m, n]`, overwritten
 */
export function multiplyNN(a: FloatArray, b: FloatArray, c: FloatArray, m: number, n: number, k: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!;
      c[i * n + j] = sum;
    }
  }
}

/**
 * Matrix product with the second factor transposed.
 *
 *   C = A Bᵀ       c[i, j] = Σ_p a[i, p] b[j, p]
 *
 * In forward propagation: `z = x Wᵀ`, the row form of Z = W X, CS229 notes (2.14).
 *
 * @param a `[m, k]`
 * @param b `[n, k]`
 * @param c `[m, n]`, overwritten
 */
export function multiplyNT(a: FloatArray, b: FloatArray, c: FloatArray, m: number, n: number, k: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[j * k + p]!;
      c[i * n + j] = sum;
    }
  }
}

/**
 * Matrix product with the first factor transposed.
 *
 *   C = Aᵀ B       c[i, j] = Σ_p a[p, i] b[p, j]
 *
 * In backpropagation: `dW = deltaᵀ x`, the row form of dW = dZ Aᵀ, DL notes (summary of gradient descent).
 *
 * @param a `[k, m]`
 * @param b `[k, n]`
 * @param c `[m, n]`, overwritten
 */
export function multiplyTN(a: FloatArray, b: FloatArray, c: FloatArray, m: number, n: number, k: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[p * m + i]! * b[p * n + j]!;
      c[i * n + j] = sum;
    }
  }
}

/**
 * Adds the bias to every example: z[i, j] ← z[i, j] + b[j]. CS229 notes (2.14), where b is repeated for each column.
 *
 * @param z `[rows, columns]`, changed in place
 * @param b `[columns]`
 */
export function addBias(z: FloatArray, b: FloatArray, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) z[i * columns + j]! += b[j]!;
  }
}

/**
 * Sum over the examples: sum[j] = Σ_i x[i, j]. The row form of `np.sum(dZ, axis = 1)`, DL notes.
 *
 * @param x `[rows, columns]`
 * @param sum `[columns]`, overwritten
 */
export function sumRows(x: FloatArray, sum: FloatArray, rows: number, columns: number): void {
  for (let j = 0; j < columns; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++) total += x[i * columns + j]!;
    sum[j] = total;
  }
}

/** Multiplies in place: x ← factor · x. */
export function scale(x: FloatArray, factor: number, length: number): void {
  for (let i = 0; i < length; i++) x[i]! *= factor;
}

/** Adds a multiple: y ← y + factor · x, such as dW ← dW + λ W, CS229 notes (3.37). `x` may be `y`. */
export function addScaled(x: FloatArray, factor: number, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i]! += factor * x[i]!;
}

/** Adds a multiple of the signs: y ← y + factor · sign(x), the derivative of factor · Σ|x|, taken as 0 where x is 0. */
export function addSigns(x: FloatArray, factor: number, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i]! += factor * Math.sign(x[i]!);
}

/**
 * Multiplies each row by a number of its own: x[i, j] ← factors[i] · x[i, j].
 *
 * @param x `[rows, columns]`, changed in place
 * @param factors `[rows]`
 */
export function scaleRows(x: FloatArray, factors: FloatArray, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) x[i * columns + j]! *= factors[i]!;
  }
}

/** √Σx² over several arrays as one vector, in double precision. */
export function euclideanNorm(arrays: readonly FloatArray[]): number {
  let sum = 0;
  for (const array of arrays) {
    for (const value of array) sum += value * value;
  }
  return Math.sqrt(sum);
}
