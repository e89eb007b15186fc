import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layers as layerKinds } from '../../layers';
import {
  LIVELY,
  lossOutputs,
  networkCase,
  networkCases,
  optimizerSpecs,
  type NetworkCase,
} from '../../testing/arbitrary';
import { sizeOf } from '../../tensor';
import { stepTrace, type StepSettings } from '../testing/step-scene';
import { stepsOf, type Line, type Operand, type Term } from './index';

/** Entries of an array that are looked at: all of a small one, else some from end to end. */
function sample(length: number): number[] {
  const count = Math.min(length, 12);
  return [...new Set(Array.from({ length: count }, (_, k) => Math.floor((k * (length - 1)) / Math.max(1, count - 1))))];
}

const product = ({ factors }: Term): number => factors.reduce((p, { value }) => p * value, 1);

/** Every line of every step, in both notations. */
function linesOf(example: NetworkCase, settings: StepSettings): { readonly id: string; readonly line: Line }[] {
  return stepsOf(stepTrace(example, settings)).flatMap(({ id, lines, thetaLines }) =>
    [...lines(), ...(thetaLines?.() ?? [])].map((line) => ({ id, line })),
  );
}

/** What is wrong with the explanations; none when all is well. */
function misfits(example: NetworkCase, settings: StepSettings = {}): string[] {
  const found: string[] = [];
  for (const { id, line } of linesOf(example, settings)) {
    const { result, right } = line;
    if (result.values.length !== sizeOf(result.shape)) found.push(`${id}: ${result.name} has not its shape`);
    const operands = new Map(
      right.filter((piece): piece is Operand => typeof piece !== 'string').map((operand) => [operand.name, operand]),
    );
    for (const index of sample(result.values.length)) {
      const value = result.values[index]!;
      const terms = line.explain(index);
      const sum = terms.reduce((total, { value: each }) => total + each, 0);
      // Rounding grows with the terms, not with what is left of them.
      const scale = terms.reduce((total, { value: each }) => total + Math.abs(each), Math.abs(value));
      if (!(Math.abs(sum - value) <= 1e-12 * Math.max(scale, 1e-3)))
        found.push(`${id}: ${result.name}[${index}] is ${value}, not ${sum}`);
      for (const each of terms) {
        if (each.value !== product(each)) found.push(`${id}: a term of ${result.name}[${index}] is not its product`);
        for (const { place, value: factor } of each.factors) {
          const operand = place && operands.get(place.name);
          if (operand === undefined) continue;
          const there = operand.values[place!.index]!;
          if (factor !== there && factor !== 1 / there)
            found.push(`${id}: ${place!.name}[${place!.index}] is ${there}, not ${factor}`);
        }
      }
    }
  }
  return found;
}

describe('every number is the sum of its terms', () => {
  test('random networks of every kind of layer, activation, loss and optimizer', () => {
    const settings = fc.record({
      l1: fc.constantFrom(0, 0.03),
      clipNorm: fc.constantFrom(0, 0.05),
      weighted: fc.boolean(),
    });
    fc.assert(
      fc.property(networkCases, settings, (example, rest) => {
        expect(misfits(example, rest)).toEqual([]);
      }),
      { numRuns: 300, seed: 20240702 },
    );
  });

  test.each(Object.keys(layerKinds))('the random networks have enough of %s', (kind) => {
    const cases = fc.sample(networkCases, { numRuns: 300, seed: 20240702 });
    const having = cases.filter(({ network }) => network.layers.some((layer) => layer.kind === kind));
    expect(having.length).toBeGreaterThanOrEqual(8);
  });

  test('convolutions with padding and strides between pools of both kinds', () => {
    const conv = { kind: 'conv2d', filters: 2, activation: 'softmax', initializer: LIVELY } as const;
    const layers = [
      { ...conv, kernel: [3, 2], stride: [1, 2], padding: 'same' },
      { kind: 'batch-norm', decay: 0.9, epsilon: 0.1 },
      { kind: 'max-pool2d', size: [3, 2], stride: 1 },
      { ...conv, kernel: 2, stride: 1, padding: 1, activation: 'gelu' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'avg-pool2d', size: 2, stride: [2, 1] },
      { units: 3, activation: 'softmax' },
    ] as const;
    const example = networkCase({ layers, loss: 'cross-entropy', inputShape: [2, 7, 8], rows: 2 });
    expect(example.network.layers).toHaveLength(7);
    expect(misfits(example, { l2: 0.1 })).toEqual([]);
  });

  test.each(lossOutputs)('$loss behind $activation', ({ loss, activation }) => {
    const layers = [
      { units: 4, activation: 'tanh' },
      { units: 3, activation },
    ] as const;
    expect(misfits(networkCase({ layers, loss, inputs: 3, rows: 4 }), { l2: 0.1, weighted: true })).toEqual([]);
  });

  test.each(optimizerSpecs(0.05))('$kind', (optimizer) => {
    const layers = [{ units: 3, activation: 'sigmoid' }] as const;
    const example = networkCase({ layers, loss: 'logistic', inputs: 3, rows: 4, optimizer });
    expect(misfits(example, { l2: 0.1, clipNorm: 0.01 })).toEqual([]);
  });
});

describe('the stops', () => {
  const layers = [
    { units: 4, activation: 'tanh' },
    { units: 1, activation: 'sigmoid' },
  ] as const;
  const example = networkCase({ layers, loss: 'logistic', inputs: 2, rows: 3 });
  const ids = (settings: StepSettings = {}): string =>
    stepsOf(stepTrace(example, settings))
      .map(({ id }) => id)
      .join(', ');

  test('forward, cost, backward, update', () => {
    expect(ids()).toBe(
      'x, z1, a1, z2, a2, cost, delta2, dW2, db2, delta1, dW1, db1, update W1, update b1, update W2, update b2',
    );
  });

  test('a gradient that is shortened says so before the update', () => {
    expect(ids({ clipNorm: 1e-6 })).toContain('db1, clip, update W1');
  });

  test('a trace that is off is seen: every planted error breaks a sum', () => {
    const trace = stepTrace(example);
    const spoilt = (name: string) => ({
      ...trace,
      tensors: trace.tensors.map((tensor) =>
        tensor.name === name ? { ...tensor, values: tensor.values.map((value) => value + 1e-6) } : tensor,
      ),
    });
    for (const name of ['z1', 'delta1', 'dW2', 'db1', 'loss']) {
      const wrong = stepsOf(spoilt(name)).some(({ lines }) =>
        lines().some(({ result, explain }) => {
          const sum = explain(0).reduce((total, { value }) => total + value, 0);
          return Math.abs(sum - result.values[0]!) > 1e-8;
        }),
      );
      expect(wrong, name).toBe(true);
    }
  });
});
