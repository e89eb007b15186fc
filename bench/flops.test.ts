import { describe, expect, it } from 'vitest';
import { flopsOf } from './flops';
import { workloadNamed } from './workloads';

describe('flopsOf', () => {
  it('counts two for every multiplication of a product', () => {
    expect(flopsOf(workloadNamed('NN 64×784×128'))).toBe(2 * 64 * 784 * 128);
  });

  it('counts forward and dW of every layer, and dx of all but the first', () => {
    // 784 → 128 → 10, batch 64: 2 · 64 · (2 · 784 · 128 + 3 · 128 · 10)
    expect(flopsOf(workloadNamed('mnist-mlp'))).toBe(26_181_632);
  });

  it('counts a convolution’s weights once for every position', () => {
    // 2 · 32 · (2 · 200 · 24² + 3 · 3200 · 8² + 3 · 2560), with 5 · 5 · 1 · 8, 5 · 5 · 8 · 16 and 16 · 4 · 4 · 10 weights
    expect(flopsOf(workloadNamed('mnist-cnn'))).toBe(2 * 32 * (2 * 200 * 576 + 3 * 3200 * 64 + 3 * 2560));
  });
});
