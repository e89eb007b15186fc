import { expect, test } from 'vitest';
import { unitHealth } from './unit-health';

test('a relu unit is dead where it answers 0 to every row', () => {
  // Three units over two rows: the second answers 0 twice, the third once.
  const health = unitHealth(Float32Array.of(1, 0, 0, 2, 0, 3), [3], 'relu')!;
  expect(health).toEqual({ kind: 'dead', units: 3, which: Uint32Array.of(1), share: 0.5 });
});

test('a channel is one unit: a single pixel that answers keeps it alive', () => {
  const rows = [
    [0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0.1, 0],
  ];
  const health = unitHealth(Float32Array.from(rows.flat()), [2, 2, 2], 'relu')!;
  expect([...health.which]).toEqual([0]);
  expect(health.share).toBe(15 / 16);
});

test('a sigmoid or tanh unit is saturated where nearly all of its answers are at an end', () => {
  const rows = Array.from({ length: 100 }, (_, row) => [row < 95 ? 0.99 : 0.5, row < 94 ? 0.01 : 0.5, 0.5]);
  expect([...unitHealth(Float32Array.from(rows.flat()), [3], 'sigmoid')!.which]).toEqual([0]);
  expect([...unitHealth(Float32Array.of(0.98, 0.98, -0.98, 0.9), [2], 'tanh')!.which]).toEqual([0]);
});

test.each([null, 'identity', 'leaky-relu', 'elu', 'gelu', 'softmax'] as const)('%s is never flat', (activation) => {
  expect(unitHealth(Float32Array.of(0, 0), [2], activation)).toBeNull();
});
