import { Lanes } from './lanes';
import { crossEntropyLoss, logisticLoss, squaredLoss } from './losses';

/**
 * The losses of ./losses with a weight for each example: Σ_i w_i L_i, and each example's delta times its weight. Row by row, so
 * that they are the same sums of the same numbers; a batch without weights does not come here.
 *
 * @param weights `[rows]`
 */

export function weightedSquaredLoss(a: usize, y: usize, da: usize, weights: usize, rows: i32, n: i32): f64 {
  let loss: f64 = 0;
  const row = (<usize>n) << 2;
  for (let i = 0; i < rows; i++) {
    const offset = <usize>i * row;
    const weight = load<f32>(weights + ((<usize>i) << 2));
    loss += <f64>weight * squaredLoss(a + offset, y + offset, da + offset, n);
    scaleRow(da + offset, weight, n);
  }
  return loss;
}

export function weightedLogisticLoss(
  z: usize,
  a: usize,
  y: usize,
  delta: usize,
  weights: usize,
  rows: i32,
  n: i32,
): f64 {
  let loss: f64 = 0;
  const row = (<usize>n) << 2;
  for (let i = 0; i < rows; i++) {
    const offset = <usize>i * row;
    const weight = load<f32>(weights + ((<usize>i) << 2));
    loss += <f64>weight * logisticLoss(z + offset, a + offset, y + offset, delta + offset, n);
    scaleRow(delta + offset, weight, n);
  }
  return loss;
}

export function weightedCrossEntropyLoss(
  z: usize,
  a: usize,
  y: usize,
  delta: usize,
  weights: usize,
  rows: i32,
  n: i32,
): f64 {
  let loss: f64 = 0;
  const row = (<usize>n) << 2;
  for (let i = 0; i < rows; i++) {
    const offset = <usize>i * row;
    const weight = load<f32>(weights + ((<usize>i) << 2));
    loss += <f64>weight * crossEntropyLoss(z + offset, a + offset, y + offset, delta + offset, 1, n);
    scaleRow(delta + offset, weight, n);
  }
  return loss;
}

/** What lies behind the row is the next one, which is written later. */
function scaleRow(delta: usize, weight: f32, n: i32): void {
  const factor = f32x4.splat(weight);
  for (let k = 0; k < n; k += 4) {
    const at = delta + ((<usize>k) << 2);
    Lanes.storeFirst(at, f32x4.mul(v128.load(at), factor), n - k);
  }
}
