import { BatchSums } from './batch-sums';
import { Lanes } from './lanes';

/**
 * Batch normalisation over x `[rows, channels, positions]`; equations in layers/batch-norm.ts. Every kernel does the channels
 * `from` … `to` − 1 alone, so that threads share no sum; `from` is a multiple of 4 where positions is 1. Sums are taken in float64.
 * With one position, four channels lie side by side in a vector; with more, a vector holds positions of one channel.
 */

/** 1 / √(σ² + ε); NaN where σ² is infinite, which would else pass for 0. */
export function inverseDeviation(variance: v128, epsilon: v128): v128 {
  const inverse = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, epsilon)));
  return f32x4.add(inverse, f32x4.sub(variance, variance));
}

/** mean = (1/n) Σ x, variance = (1/n) Σ (x − mean)² of each channel, n = rows · positions. */
export function batchStatistics(
  x: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  positions: i32,
  from: i32,
  to: i32,
): void {
  const row = (<usize>(channels * positions)) << 2;
  const share = f64x2.splat(1.0 / (<f64>rows * <f64>positions));
  const whole = (<usize>(positions & ~3)) << 2;
  const tail = positions & 3;
  const mask = Lanes.firstMask(tail);
  for (let c = from; c < to; c += positions == 1 ? 4 : 1) {
    const start = x + ((<usize>(c * positions)) << 2);
    const out = (<usize>c) << 2;
    let low = f64x2.splat(0);
    let high = low;
    if (positions == 1) {
      for (let i = 0, at = start; i < rows; i++, at += row) {
        const value = v128.load(at);
        low = f64x2.add(low, BatchSums.low(value));
        high = f64x2.add(high, BatchSums.high(value));
      }
      const mu = BatchSums.narrow(f64x2.mul(low, share), f64x2.mul(high, share));
      low = f64x2.splat(0);
      high = low;
      for (let i = 0, at = start; i < rows; i++, at += row) {
        const away = f32x4.sub(v128.load(at), mu);
        const square = f32x4.mul(away, away);
        low = f64x2.add(low, BatchSums.low(square));
        high = f64x2.add(high, BatchSums.high(square));
      }
      Lanes.storeFirst(mean + out, mu, to - c);
      Lanes.storeFirst(variance + out, BatchSums.narrow(f64x2.mul(low, share), f64x2.mul(high, share)), to - c);
      continue;
    }
    for (let i = 0, at = start; i < rows; i++, at += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        const value = v128.load(at + p);
        low = f64x2.add(low, BatchSums.low(value));
        high = f64x2.add(high, BatchSums.high(value));
      }
      if (tail) {
        const value = v128.and(v128.load(at + whole), mask);
        low = f64x2.add(low, BatchSums.low(value));
        high = f64x2.add(high, BatchSums.high(value));
      }
    }
    const average = <f32>BatchSums.total(f64x2.mul(f64x2.add(low, high), share));
    const mu = f32x4.splat(average);
    low = f64x2.splat(0);
    high = low;
    for (let i = 0, at = start; i < rows; i++, at += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        const away = f32x4.sub(v128.load(at + p), mu);
        const square = f32x4.mul(away, away);
        low = f64x2.add(low, BatchSums.low(square));
        high = f64x2.add(high, BatchSums.high(square));
      }
      if (tail) {
        const away = v128.and(f32x4.sub(v128.load(at + whole), mu), mask);
        const square = f32x4.mul(away, away);
        low = f64x2.add(low, BatchSums.low(square));
        high = f64x2.add(high, BatchSums.high(square));
      }
    }
    store<f32>(mean + out, average);
    store<f32>(variance + out, <f32>BatchSums.total(f64x2.mul(f64x2.add(low, high), share)));
  }
}

/** z = γ (x − mean) / √(variance + ε) + β for eight channels side by side: half a cache line of each row at a time. */
function normaliseEight(
  x: usize,
  z: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  rows: i32,
  row: usize,
  epsilon: v128,
): void {
  const mu0 = v128.load(mean);
  const mu1 = v128.load(mean, 16);
  const scale0 = f32x4.mul(v128.load(gamma), inverseDeviation(v128.load(variance), epsilon));
  const scale1 = f32x4.mul(v128.load(gamma, 16), inverseDeviation(v128.load(variance, 16), epsilon));
  const shift0 = v128.load(beta);
  const shift1 = v128.load(beta, 16);
  for (let i = rows; i > 0; i--) {
    v128.store(z, Lanes.multiplyAdd(f32x4.sub(v128.load(x), mu0), scale0, shift0));
    v128.store(z, Lanes.multiplyAdd(f32x4.sub(v128.load(x, 16), mu1), scale1, shift1), 16);
    x += row;
    z += row;
  }
}

/** z = γ (x − mean) / √(variance + ε) + β. */
export function batchNormalise(
  x: usize,
  z: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  rows: i32,
  channels: i32,
  positions: i32,
  epsilon: f32,
  from: i32,
  to: i32,
): void {
  const row = (<usize>(channels * positions)) << 2;
  const whole = (<usize>(positions & ~3)) << 2;
  const tail = positions & 3;
  const eps = f32x4.splat(epsilon);
  let c = from;
  if (positions == 1) {
    for (; c + 8 <= to; c += 8) {
      const own = (<usize>c) << 2;
      normaliseEight(x + own, z + own, mean + own, variance + own, gamma + own, beta + own, rows, row, eps);
    }
    for (; c < to; c += 4) {
      const own = (<usize>c) << 2;
      const mu = v128.load(mean + own);
      const scale = f32x4.mul(v128.load(gamma + own), inverseDeviation(v128.load(variance + own), eps));
      const shift = v128.load(beta + own);
      for (let i = 0, at = own; i < rows; i++, at += row) {
        const value = Lanes.multiplyAdd(f32x4.sub(v128.load(x + at), mu), scale, shift);
        Lanes.storeFirst(z + at, value, to - c);
      }
    }
    return;
  }
  for (; c < to; c++) {
    const start = (<usize>(c * positions)) << 2;
    const own = (<usize>c) << 2;
    const mu = v128.load_splat<f32>(mean + own);
    const scale = f32x4.mul(
      v128.load_splat<f32>(gamma + own),
      inverseDeviation(v128.load_splat<f32>(variance + own), eps),
    );
    const shift = v128.load_splat<f32>(beta + own);
    for (let i = 0, at = start; i < rows; i++, at += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        v128.store(z + at + p, Lanes.multiplyAdd(f32x4.sub(v128.load(x + at + p), mu), scale, shift));
      }
      if (tail) {
        const value = Lanes.multiplyAdd(f32x4.sub(v128.load(x + at + whole), mu), scale, shift);
        Lanes.storeFirst(z + at + whole, value, tail);
      }
    }
  }
}
