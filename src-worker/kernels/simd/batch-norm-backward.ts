import { inverseDeviation } from './batch-norm';
import { BatchSums } from './batch-sums';
import { Lanes } from './lanes';

/**
 * dbeta = Σ delta, dgamma = Σ delta x̂ over the batch, and dx = γ / √(σ² + ε) · (delta − dbeta / n − x̂ dgamma / n), `dx` 0 for none.
 * x, delta, dx `[rows, channels, positions]`; the channels `from` … `to` − 1 alone, see batch-norm.ts.
 */
export function batchNormBackward(
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  delta: usize,
  dgamma: usize,
  dbeta: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  positions: i32,
  epsilon: f32,
  from: i32,
  to: i32,
): void {
  const row = (<usize>(channels * positions)) << 2;
  const share = f64x2.splat(1.0 / (<f64>rows * <f64>positions));
  const whole = (<usize>(positions & ~3)) << 2;
  const tail = positions & 3;
  const mask = Lanes.firstMask(tail);
  const eps = f32x4.splat(epsilon);
  for (let c = from; c < to; c += positions == 1 ? 4 : 1) {
    const start = (<usize>(c * positions)) << 2;
    const own = (<usize>c) << 2;
    let sumLow = f64x2.splat(0);
    let sumHigh = sumLow;
    let productLow = sumLow;
    let productHigh = sumLow;
    if (positions == 1) {
      const mu = v128.load(mean + own);
      const inverse = inverseDeviation(v128.load(variance + own), eps);
      for (let i = 0, at = start; i < rows; i++, at += row) {
        const d = v128.load(delta + at);
        const product = f32x4.mul(d, f32x4.mul(f32x4.sub(v128.load(x + at), mu), inverse));
        sumLow = f64x2.add(sumLow, BatchSums.low(d));
        sumHigh = f64x2.add(sumHigh, BatchSums.high(d));
        productLow = f64x2.add(productLow, BatchSums.low(product));
        productHigh = f64x2.add(productHigh, BatchSums.high(product));
      }
      Lanes.storeFirst(dbeta + own, BatchSums.narrow(sumLow, sumHigh), to - c);
      Lanes.storeFirst(dgamma + own, BatchSums.narrow(productLow, productHigh), to - c);
      if (!dx) continue;
      const centre = BatchSums.narrow(f64x2.mul(sumLow, share), f64x2.mul(sumHigh, share));
      const slope = BatchSums.narrow(f64x2.mul(productLow, share), f64x2.mul(productHigh, share));
      const scale = f32x4.mul(v128.load(gamma + own), inverse);
      const fall = f32x4.neg(f32x4.mul(slope, inverse));
      for (let i = 0, at = start; i < rows; i++, at += row) {
        const d = f32x4.sub(v128.load(delta + at), centre);
        const value = Lanes.multiplyAdd(f32x4.sub(v128.load(x + at), mu), fall, d);
        Lanes.storeFirst(dx + at, f32x4.mul(value, scale), to - c);
      }
      continue;
    }
    const mu = v128.load_splat<f32>(mean + own);
    const inverse = inverseDeviation(v128.load_splat<f32>(variance + own), eps);
    for (let i = 0, at = start; i < rows; i++, at += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        const d = v128.load(delta + at + p);
        const product = f32x4.mul(d, f32x4.mul(f32x4.sub(v128.load(x + at + p), mu), inverse));
        sumLow = f64x2.add(sumLow, BatchSums.low(d));
        sumHigh = f64x2.add(sumHigh, BatchSums.high(d));
        productLow = f64x2.add(productLow, BatchSums.low(product));
        productHigh = f64x2.add(productHigh, BatchSums.high(product));
      }
      if (tail) {
        const d = v128.and(v128.load(delta + at + whole), mask);
        const away = v128.and(f32x4.sub(v128.load(x + at + whole), mu), mask);
        const product = f32x4.mul(d, f32x4.mul(away, inverse));
        sumLow = f64x2.add(sumLow, BatchSums.low(d));
        sumHigh = f64x2.add(sumHigh, BatchSums.high(d));
        productLow = f64x2.add(productLow, BatchSums.low(product));
        productHigh = f64x2.add(productHigh, BatchSums.high(product));
      }
    }
    const sum = f64x2.add(sumLow, sumHigh);
    const product = f64x2.add(productLow, productHigh);
    store<f32>(dbeta + own, <f32>BatchSums.total(sum));
    store<f32>(dgamma + own, <f32>BatchSums.total(product));
    if (!dx) continue;
    const centre = f32x4.splat(<f32>BatchSums.total(f64x2.mul(sum, share)));
    const slope = f32x4.splat(<f32>BatchSums.total(f64x2.mul(product, share)));
    const scale = f32x4.mul(v128.load_splat<f32>(gamma + own), inverse);
    const fall = f32x4.neg(f32x4.mul(slope, inverse));
    for (let i = 0, at = start; i < rows; i++, at += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        const d = f32x4.sub(v128.load(delta + at + p), centre);
        const value = Lanes.multiplyAdd(f32x4.sub(v128.load(x + at + p), mu), fall, d);
        v128.store(dx + at + p, f32x4.mul(value, scale));
      }
      if (tail) {
        const d = f32x4.sub(v128.load(delta + at + whole), centre);
        const value = Lanes.multiplyAdd(f32x4.sub(v128.load(x + at + whole), mu), fall, d);
        Lanes.storeFirst(dx + at + whole, f32x4.mul(value, scale), tail);
      }
    }
  }
}
