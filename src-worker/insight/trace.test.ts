import { expect, test } from 'vitest';
import { assembleTrace } from './trace';

test('a layer without an activation has neither z nor delta, one without parameters no W: numbers still count it', () => {
  const layer = { outputShape: [1], parameters: [], a: Float64Array.of(1, 2, 99), z: null, delta: null };
  const weights = { name: 'W', shape: [1, 1], values: Float64Array.of(3), gradient: Float64Array.of(4) };
  const batch = { x: Float64Array.of(1, 2), y: Float64Array.of(0, 0), rows: 2, inputShape: [1] };
  const tensors = assembleTrace(batch, [
    { ...layer, number: 1 },
    { ...layer, number: 2, parameters: [weights], z: layer.a, delta: layer.a },
  ]);
  expect(tensors.map(({ name }) => name).join(' ')).toBe('x y yHat a1 W2 z2 a2 delta2 dW2');
  // Arrays may be longer than the batch: only its rows leave.
  expect(tensors[3]).toEqual({ name: 'a1', shape: [2, 1], values: Float64Array.of(1, 2) });
});
