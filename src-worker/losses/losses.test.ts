import { describe, expect, test } from 'vitest';
import { activations, type ActivationDefinition } from '../activations';
import type { ActivationKind, LossKind } from '../experiment/document';
import { createRandom } from '../random';
import { lossOutputs, randomTargets } from '../testing/arbitrary';
import { awayFrom, centralDifferences } from '../testing/central-difference';
import { relativeError } from '../testing/golden';
import type { FloatArray } from '../tensor';
import { losses, type LossDefinition } from './index';

function output(z: FloatArray, y: FloatArray, activation: ActivationDefinition, rows: number, columns: number) {
  const a = z.slice();
  activation.forward(z, a, rows, columns);
  return { z, a, y, rows, columns, activation };
}

/** Worst error of delta against central differences of the summed loss. */
function deltaError(loss: LossDefinition, activation: ActivationDefinition, seed: number): number {
  const random = createRandom(seed, loss.kind, activation.kind);
  const rows = 1 + random.integer(4);
  const columns = loss.minimumOutputs + random.integer(3);
  const z = Float64Array.from({ length: rows * columns }, () => awayFrom(activation.kinks, 2 * random.normal()));
  const y = randomTargets(loss.kind, rows, columns, seed);
  const value = (): number => loss.loss(output(z, y, activation, rows, columns));
  const delta = z.slice();
  loss.delta(output(z, y, activation, rows, columns), delta);
  return relativeError(delta, centralDifferences(z, value));
}

describe.each(lossOutputs)('$loss of $activation, on its own', (kinds) => {
  const loss: LossDefinition = losses[kinds.loss];
  const activation: ActivationDefinition = activations[kinds.activation];

  test('delta is the derivative of the loss by z: relative error below 1e-6 over 50 seeds', () => {
    for (let seed = 1; seed <= 50; seed++)
      expect(deltaError(loss, activation, seed), `seed ${seed}`).toBeLessThan(1e-6);
  });

  test.each([Float64Array, Float32Array])('loss and delta are finite at z = ±1000, right or wrong', (FloatArray) => {
    const z = FloatArray.of(1000, -1000, 1000, -1000);
    const y = FloatArray.of(1, 0, 0, 1);
    const given = output(z, y, activation, 2, 2);
    const delta = z.slice();
    loss.delta(given, delta);
    expect(Number.isFinite(loss.loss(given))).toBe(true);
    expect(delta.every(Number.isFinite)).toBe(true);
  });

  test('keeps NaN', () => {
    const given = output(Float64Array.of(NaN, 0), Float64Array.of(1, 0), activation, 1, 2);
    expect(loss.loss(given)).toBeNaN();
  });
});

test('a loss whose delta lacks its factor is caught: (ŷ − y)² with delta ŷ − y', () => {
  const wrong: LossDefinition = {
    ...losses.squared,
    loss: (given) => 2 * losses.squared.loss(given),
  };
  expect(deltaError(wrong, activations.identity, 1)).toBeGreaterThan(0.1);
});

test('a delta that forgets g′ of its output is caught', () => {
  const wrong: LossDefinition = {
    ...losses.squared,
    delta: ({ a, y, rows, columns }, delta) => {
      for (let i = 0; i < rows * columns; i++) delta[i] = a[i]! - y[i]!;
    },
  };
  expect(deltaError(wrong, activations.sigmoid, 1)).toBeGreaterThan(0.1);
});

describe('by hand', () => {
  const value = (kind: LossKind, activation: ActivationKind, z: number[], y: number[]): number =>
    losses[kind].loss(output(Float64Array.from(z), Float64Array.from(y), activations[activation], 1, z.length));

  test('squared: ½((3 − 1)² + (1 − 2)²) = 2.5', () => {
    expect(value('squared', 'identity', [3, 1], [1, 2])).toBe(2.5);
  });

  test('logistic at z = 0 is log 2 for either answer, and adds up over outputs', () => {
    expect(value('logistic', 'sigmoid', [0], [1])).toBeCloseTo(Math.LN2, 15);
    expect(value('logistic', 'sigmoid', [0, 0, 0], [1, 0, 1])).toBeCloseTo(3 * Math.LN2, 15);
  });

  test('cross-entropy of K equal z is log K', () => {
    expect(value('cross-entropy', 'softmax', [5, 5, 5, 5], [0, 1, 0, 0])).toBeCloseTo(Math.log(4), 15);
  });

  test('a wrong answer of z = 1000 costs 1000, not infinity; a right one costs 0', () => {
    expect(value('logistic', 'sigmoid', [1000], [0])).toBe(1000);
    expect(value('logistic', 'sigmoid', [1000], [1])).toBe(0);
    expect(value('cross-entropy', 'softmax', [1000, 0], [0, 1])).toBe(1000);
    expect(value('cross-entropy', 'softmax', [1000, 0], [1, 0])).toBe(0);
  });

  test('logistic keeps the small part of a right answer', () => {
    expect(value('logistic', 'sigmoid', [40], [1])).toBeCloseTo(Math.exp(-40), 25);
  });

  test('cross-entropy over two softmax units is logistic on the difference of their z', () => {
    const two = value('cross-entropy', 'softmax', [0.3, 1.7], [0, 1]);
    expect(two).toBeCloseTo(value('logistic', 'sigmoid', [1.4], [1]), 14);
  });
});
