import { describe, expect, test } from 'vitest';
import type { InitializerSpec } from '../experiment/document';
import { createRandom } from '../random';
import { initializers, type InitializerDefinition } from './index';

const FAN = { fanIn: 300, fanOut: 100 };
const COUNT = 30_000;

function fill(spec: InitializerSpec): Float64Array {
  const values = new Float64Array(COUNT).fill(NaN);
  const definition: InitializerDefinition = initializers[spec.kind];
  definition.fill(spec, values, FAN, createRandom(11, spec.kind));
  return values;
}

test('zeros and constant', () => {
  expect(fill({ kind: 'zeros' }).every((value) => value === 0)).toBe(true);
  expect(fill({ kind: 'constant', value: -0.25 }).every((value) => value === -0.25)).toBe(true);
});

describe.each<[InitializerSpec, number, number]>([
  [{ kind: 'normal', mean: 2, deviation: 0.1 }, 2, 0.1],
  [{ kind: 'uniform', low: 1, high: 3 }, 2, 2 / Math.sqrt(12)],
  [{ kind: 'xavier-normal' }, 0, Math.sqrt(2 / 400)],
  [{ kind: 'xavier-uniform' }, 0, Math.sqrt(2 / 400)],
  [{ kind: 'he-normal' }, 0, Math.sqrt(2 / 300)],
  [{ kind: 'he-uniform' }, 0, Math.sqrt(2 / 300)],
])('%o', (spec, expectedMean, expectedDeviation) => {
  const values = fill(spec);
  const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT);

  test('has its mean, within five standard errors', () => {
    expect(Math.abs(mean - expectedMean)).toBeLessThan((5 * expectedDeviation) / Math.sqrt(COUNT));
  });

  test('has its standard deviation within 3 %: the number of the notes is no variance', () => {
    expect(Math.abs(deviation / expectedDeviation - 1)).toBeLessThan(0.03);
  });
});

test.each(['xavier-uniform', 'he-uniform'] as const)('%s stays within √3 deviations and reaches them', (kind) => {
  const bound = Math.sqrt(3) * Math.sqrt(kind === 'he-uniform' ? 2 / 300 : 2 / 400);
  const values = fill({ kind });
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeLessThanOrEqual(bound);
  expect(largest).toBeGreaterThan(0.99 * bound);
});
