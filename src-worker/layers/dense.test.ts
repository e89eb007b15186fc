import { describe, expect, test } from 'vitest';
import type { FloatArray } from '../tensor';
import { dense } from './dense';

const place = {
  layer: { kind: 'dense', units: 2, activation: 'identity', initializer: { kind: 'he-normal' } },
  name: 'Layer 1 (dense)',
  path: 'network.layers[0]',
  inputShape: [3],
} as const;

describe('dense', () => {
  test('two units on three inputs, forward and backward by hand', () => {
    const gradients: FloatArray[] = [new Float64Array(6), new Float64Array(2)];
    const layer = dense.create(place, {
      parameters: [Float64Array.of(1, 2, 3, -1, 0, 1), Float64Array.of(10, 20)],
      gradients,
      key: 1,
      allocate: (length) => new Float64Array(length),
    });
    const pass = { rows: 2, mode: 'training', step: 0 } as const;
    const x = Float64Array.of(1, 1, 1, 2, 0, -1);
    const z = new Float64Array(4);
    layer.forward(x, z, pass);
    expect([...z]).toEqual([16, 20, 9, 17]);

    const dx = new Float64Array(6);
    layer.backward(x, Float64Array.of(1, 0, -2, 4), dx, pass);
    // (1/2) deltaᵀ x and (1/2) Σ delta: the mean over the examples. dx belongs to each example and has no 1/m.
    expect([...gradients[0]!]).toEqual([-1.5, 0.5, 1.5, 4, 0, -2]);
    expect([...gradients[1]!]).toEqual([-0.5, 2]);
    expect([...dx]).toEqual([1, 2, 3, -6, -4, -2]);
  });

  test('has a regularised W by its initializer and an unregularised b from 0', () => {
    expect(dense.parameters(place)).toEqual([
      {
        name: 'W',
        shape: [2, 3],
        fanIn: 3,
        fanOut: 2,
        initializer: { kind: 'he-normal' },
        regularised: true,
        trained: true,
      },
      { name: 'b', shape: [2], fanIn: 3, fanOut: 2, initializer: { kind: 'zeros' }, regularised: false, trained: true },
    ]);
    expect(dense.parameterFormula(place)).toBe('2 × 3 + 2');
  });
});
