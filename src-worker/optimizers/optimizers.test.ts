import { describe, expect, test } from 'vitest';
import { momentum } from './momentum';
import { sgd } from './sgd';

describe('sgd', () => {
  test('W ← W − α g by hand', () => {
    const W = Float64Array.of(1, -2);
    sgd.update({ kind: 'sgd', learningRate: 0.5 }, W, Float64Array.of(0.4, -0.6), []);
    expect([...W]).toEqual([0.8, -1.7]);
  });
});

describe('momentum', () => {
  test('v ← β v + (1 − β) g and W ← W − α v, two steps by hand', () => {
    const W = Float64Array.of(1);
    const v = Float64Array.of(0);
    const optimizer = { kind: 'momentum', learningRate: 0.1, beta: 0.75 } as const;
    momentum.update(optimizer, W, Float64Array.of(8), [v]);
    expect([v[0], W[0]]).toEqual([2, 0.8]);
    momentum.update(optimizer, W, Float64Array.of(-2), [v]);
    expect(v[0]).toBe(1);
    expect(W[0]).toBeCloseTo(0.7, 15);
  });

  test('under one and the same gradient v becomes that gradient: an average, not a sum', () => {
    const v = Float64Array.of(0);
    for (let step = 0; step < 400; step++) {
      momentum.update({ kind: 'momentum', learningRate: 0.1, beta: 0.9 }, Float64Array.of(0), Float64Array.of(3), [v]);
    }
    expect(v[0]).toBeCloseTo(3, 12);
  });

  test('β = 0 is plain gradient descent', () => {
    const [a, b] = [Float64Array.of(1.5), Float64Array.of(1.5)];
    momentum.update({ kind: 'momentum', learningRate: 0.3, beta: 0 }, a, Float64Array.of(0.7), [Float64Array.of(5)]);
    sgd.update({ kind: 'sgd', learningRate: 0.3 }, b, Float64Array.of(0.7), []);
    expect(a).toEqual(b);
  });
});
