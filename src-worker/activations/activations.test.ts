import { describe, expect, test } from 'vitest';
import { createRandom } from '../random';
import { awayFrom, centralDifferences } from '../testing/central-difference';
import { relativeError } from '../testing/golden';
import { activations, type ActivationDefinition } from './index';

const definitions: readonly ActivationDefinition[] = Object.values(activations);

/** Worst error of da ∘ g′(z) against central differences of Σ r ∘ g(z) with random r. */
function backwardError(activation: ActivationDefinition, seed: number): number {
  const random = createRandom(seed, activation.kind);
  const rows = 1 + random.integer(4);
  const columns = 1 + random.integer(5);
  const z = Float64Array.from({ length: rows * columns }, () => awayFrom(activation.kinks, 2 * random.normal()));
  const r = z.map(random.normal);
  const a = z.slice();
  const value = (): number => {
    activation.forward(z, a, rows, columns);
    return a.reduce((sum, entry, i) => sum + entry * r[i]!, 0);
  };
  value();
  const delta = z.slice();
  activation.backward(z, a.slice(), r, delta, rows, columns);
  return relativeError(delta, centralDifferences(z, value));
}

describe.each(definitions.map((definition) => [definition.kind, definition] as const))('%s', (_kind, activation) => {
  test('backward is the derivative of forward: relative error below 1e-6 over 50 seeds', () => {
    for (let seed = 1; seed <= 50; seed++) expect(backwardError(activation, seed), `seed ${seed}`).toBeLessThan(1e-6);
  });

  test('backward may write over da', () => {
    const z = Float64Array.of(0.5, -1, 2, 0.1);
    const a = z.slice();
    activation.forward(z, a, 2, 2);
    const da = Float64Array.of(1, 2, -1, 0.5);
    const apart = z.slice();
    activation.backward(z, a, da, apart, 2, 2);
    activation.backward(z, a, da, da, 2, 2);
    expect(da).toEqual(apart);
  });

  test.each([Float64Array, Float32Array])('is finite at z = ±1000, forward and backward', (FloatArray) => {
    const z = FloatArray.of(1000, -1000, -1000, 1000, 0, 1000);
    const a = z.slice();
    activation.forward(z, a, 3, 2);
    const delta = z.slice();
    activation.backward(z, a, FloatArray.of(1, 1, 1, 1, 1, 1), delta, 3, 2);
    expect([...a, ...delta].every(Number.isFinite)).toBe(true);
  });

  test('keeps NaN, so that a diverged run cannot hide', () => {
    const a = new Float64Array(2);
    activation.forward(Float64Array.of(NaN, NaN), a, 1, 2);
    expect([...a]).toEqual([NaN, NaN]);
  });
});

test('a wrong derivative is caught: tanh′ = 1 − a', () => {
  const wrong: ActivationDefinition = {
    ...activations.tanh,
    backward(_z, a, da, delta, rows, columns) {
      for (let i = 0; i < rows * columns; i++) delta[i] = da[i]! * (1 - a[i]!);
    },
  };
  expect(backwardError(wrong, 1)).toBeGreaterThan(1e-2);
});

test('a softmax derivative without its off-diagonal part is caught', () => {
  const wrong: ActivationDefinition = { ...activations.softmax, backward: activations.sigmoid.backward };
  const worst = Math.max(...Array.from({ length: 5 }, (_, seed) => backwardError(wrong, seed)));
  expect(worst).toBeGreaterThan(1e-2);
});

test.each([
  ['identity', 2, 2],
  ['sigmoid', 0, 0.5],
  ['sigmoid', 2, 0.8807970779778823],
  ['tanh', 1, 0.7615941559557649],
  ['relu', 3, 3],
  ['relu', -3, 0],
  ['leaky-relu', 3, 3],
  ['leaky-relu', -3, -0.03],
  ['elu', 3, 3],
  ['elu', -0.5, -0.3934693402873666],
  ['gelu', -1, -0.15865525393145702],
  ['gelu', 2, 1.9544997361036416],
] as const)('%s(%d) = %d', (kind, z, expected) => {
  const a = new Float64Array(1);
  activations[kind].forward(Float64Array.of(z), a, 1, 1);
  expect(a[0]).toBeCloseTo(expected, 15);
});

describe('softmax', () => {
  const random = createRandom(9, 'softmax');
  const z = Float64Array.from({ length: 12 }, () => 5 * random.normal());

  test('each row is positive and sums to 1', () => {
    const a = z.slice();
    activations.softmax.forward(z, a, 3, 4);
    for (let row = 0; row < 3; row++) {
      const values = a.slice(row * 4, row * 4 + 4);
      expect(values.every((value) => value > 0)).toBe(true);
      expect(values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 14);
    }
  });

  test('stays the same when a row is shifted by any number', () => {
    const [plain, shifted] = [z.slice(), z.slice()];
    activations.softmax.forward(z, plain, 3, 4);
    activations.softmax.forward(
      z.map((value) => value + 700),
      shifted,
      3,
      4,
    );
    expect(relativeError(shifted, plain)).toBeLessThan(1e-9);
  });
});
