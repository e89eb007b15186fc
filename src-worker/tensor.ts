import type { Precision } from './engine';

/** The two element types of the engine: float64 defines correct, float32 is what the fast backend computes. */
export type FloatArray = Float32Array | Float64Array;

/** Without the batch: `[features]`, or `[channels, height, width]` for images. */
export type Shape = readonly number[];

/** A named array on its way out of the engine. Row-major. The receiver owns `values`. */
export interface NamedTensor {
  /** `W1`, `b1`, `z1`, `a1`, `delta1`, `dW1`, `db1`, `x`, `y`, `yHat`; layers are counted from 1 over the whole document. */
  readonly name: string;
  readonly shape: Shape;
  readonly values: FloatArray;
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Zeros. */
export function createFloats(length: number, precision: Precision): FloatArray {
  return precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
}
