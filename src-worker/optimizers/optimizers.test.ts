import { describe, expect, test } from 'vitest';
import { adam } from './adam';
import { adamw } from './adamw';
import { heavyBall } from './heavy-ball';
import { momentum } from './momentum';
import { nesterov } from './nesterov';
import type { UpdatePlace } from './optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

const FIRST: UpdatePlace = { t: 1, regularised: true };

describe('sgd', () => {
  test('W ← W − α g by hand', () => {
    const W = Float64Array.of(1, -2);
    sgd.update({ kind: 'sgd', learningRate: 0.5 }, W, Float64Array.of(0.4, -0.6), [], FIRST);
    expect([...W]).toEqual([0.8, -1.7]);
  });
});

describe('momentum', () => {
  test('v ← β v + (1 − β) g and W ← W − α v, two steps by hand', () => {
    const W = Float64Array.of(1);
    const v = Float64Array.of(0);
    const optimizer = { kind: 'momentum', learningRate: 0.1, beta: 0.75 } as const;
    momentum.update(optimizer, W, Float64Array.of(8), [v], FIRST);
    expect([v[0], W[0]]).toEqual([2, 0.8]);
    momentum.update(optimizer, W, Float64Array.of(-2), [v], FIRST);
    expect(v[0]).toBe(1);
    expect(W[0]).toBeCloseTo(0.7, 15);
  });

  test('under one and the same gradient v becomes that gradient: an average, not a sum', () => {
    const v = Float64Array.of(0);
    const optimizer = { kind: 'momentum', learningRate: 0.1, beta: 0.9 } as const;
    for (let step = 0; step < 400; step++) {
      momentum.update(optimizer, Float64Array.of(0), Float64Array.of(3), [v], FIRST);
    }
    expect(v[0]).toBeCloseTo(3, 12);
  });

  test('β = 0 is plain gradient descent', () => {
    const [a, b] = [Float64Array.of(1.5), Float64Array.of(1.5)];
    const g = Float64Array.of(0.7);
    momentum.update({ kind: 'momentum', learningRate: 0.3, beta: 0 }, a, g, [Float64Array.of(5)], FIRST);
    sgd.update({ kind: 'sgd', learningRate: 0.3 }, b, g, [], FIRST);
    expect(a).toEqual(b);
  });
});

describe('heavy-ball', () => {
  test('v ← μ v + g and W ← W − α v, two steps by hand', () => {
    const [W, v] = [Float64Array.of(1), Float64Array.of(0)];
    const optimizer = { kind: 'heavy-ball', learningRate: 0.25, momentum: 0.5 } as const;
    heavyBall.update(optimizer, W, Float64Array.of(2), [v], FIRST);
    expect([v[0], W[0]]).toEqual([2, 0.5]);
    heavyBall.update(optimizer, W, Float64Array.of(-2), [v], { ...FIRST, t: 2 });
    expect([v[0], W[0]]).toEqual([-1, 0.75]);
  });

  test('takes the path of the notes’ momentum with α / (1 − β) in place of α', () => {
    const [a, b] = [Float64Array.of(1.5), Float64Array.of(1.5)];
    const [v, average] = [Float64Array.of(0), Float64Array.of(0)];
    for (const g of [0.7, -0.2, 0.4, 1.1]) {
      const gradient = Float64Array.of(g);
      heavyBall.update({ kind: 'heavy-ball', learningRate: 0.1, momentum: 0.75 }, a, gradient, [v], FIRST);
      momentum.update({ kind: 'momentum', learningRate: 0.4, beta: 0.75 }, b, gradient, [average], FIRST);
    }
    expect(a[0]).toBeCloseTo(b[0]!, 14);
  });
});

test('nesterov: W ← W − α (g + μ v), one step by hand', () => {
  const [W, v] = [Float64Array.of(1), Float64Array.of(4)];
  nesterov.update({ kind: 'nesterov', learningRate: 0.25, momentum: 0.5 }, W, Float64Array.of(2), [v], FIRST);
  expect([v[0], W[0]]).toEqual([4, 0]);
});

test('rmsprop: s ← ρ s + (1 − ρ) g² and W ← W − α g / (√s + ε), one step by hand', () => {
  const [W, s] = [Float64Array.of(1), Float64Array.of(16)];
  rmsprop.update({ kind: 'rmsprop', learningRate: 0.5, decay: 0.75, epsilon: 1 }, W, Float64Array.of(4), [s], FIRST);
  expect([s[0], W[0]]).toEqual([16, 0.6]);
});

describe('adam', () => {
  const optimizer = { kind: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-12 } as const;

  test('the first step is α against the sign of the gradient, whatever its size', () => {
    for (const g of [1e-3, -7, 4e5]) {
      const W = Float64Array.of(1);
      adam.update(optimizer, W, Float64Array.of(g), [Float64Array.of(0), Float64Array.of(0)], FIRST);
      expect(W[0]).toBeCloseTo(1 - 0.1 * Math.sign(g), 6);
    }
  });

  test('adamw shrinks weights by 1 − α w beside that, and biases not at all', () => {
    const decoupled = { ...optimizer, kind: 'adamw', weightDecay: 0.5 } as const;
    const stepped = (regularised: boolean): number => {
      const W = Float64Array.of(2);
      const slots = [Float64Array.of(0), Float64Array.of(0)];
      adamw.update(decoupled, W, Float64Array.of(3), slots, { t: 1, regularised });
      return W[0]!;
    };
    expect(stepped(false)).toBeCloseTo(2 - 0.1, 6);
    expect(stepped(true)).toBeCloseTo(2 * (1 - 0.1 * 0.5) - 0.1, 6);
  });
});
