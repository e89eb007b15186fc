import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registries, type Registries } from '../../propagation';
import type { LayerSpec } from '../../experiment/document';
import { sizeOf, type Shape } from '../../tensor';
import {
  activationKinds,
  LIVELY,
  lossOutputs,
  networkCase,
  networkCases,
  type NetworkCase,
} from '../../testing/arbitrary';
import type { GradientVerdict } from './check-types';
import { checkGradients, LIMIT } from './gradient-check';

function check(
  { network, inputShape, training, x, y, rows }: NetworkCase,
  registry?: Registries,
): readonly GradientVerdict[] {
  return checkGradients({ network, inputShape, l2: training.l2, x, y, rows }, registry);
}

/** A verdict that could not be given, because every entry sits on a kink, says nothing against the gradient. */
const wrong = (verdicts: readonly GradientVerdict[]): readonly GradientVerdict[] =>
  verdicts.filter(({ checked, passed }) => checked > 0 && !passed);

describe('backpropagation against central differences (float64, h = 1e-5, relative error below 1e-6)', () => {
  test('300 random networks: any activations, losses and sizes, with and without L2', () => {
    fc.assert(
      fc.property(networkCases, (example) => {
        expect(wrong(check(example))).toEqual([]);
      }),
      { numRuns: 300, seed: 20240502 },
    );
  });

  test.each(activationKinds.flatMap((hidden) => lossOutputs.map((output) => ({ hidden, ...output }))))(
    'every entry of 3-4-3 with $hidden, then $activation under $loss, with L2',
    ({ hidden, activation, loss }) => {
      const layers = [
        { units: 4, activation: hidden },
        { units: 3, activation },
      ];
      const verdicts = check(networkCase({ layers, loss, inputs: 3, rows: 5, l2: 0.3, seed: 77 }));
      expect(verdicts.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2']);
      expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
      for (const { checked, atKink, size } of verdicts) expect(checked + atKink).toBe(size);
    },
  );
});

describe('layers that know of training', () => {
  const dense: LayerSpec = { kind: 'dense', units: 4, activation: 'gelu', initializer: LIVELY };
  const norm: LayerSpec = { kind: 'batch-norm', decay: 0.9, epsilon: 1e-5 };
  const dropout: LayerSpec = { kind: 'dropout', rate: 0.4 };

  test.each<[string, LayerSpec[], Shape]>([
    ['dropout on the input', [dropout, dense], [6]],
    ['dropout between dense layers', [dense, dropout, dense], [6]],
    ['batch norm on the input', [norm, dense], [6]],
    ['batch norm right before the output', [dense, norm], [6]],
    ['batch norm over the channels of images', [norm, dense, norm, dropout], [3, 2, 2]],
    ['dropout before batch norm on images', [dropout, norm, dense], [2, 2, 3]],
  ])('%s: every entry is right', (_title, hidden, inputShape) => {
    const inputs = sizeOf(inputShape);
    const output = { units: 3, activation: 'softmax' } as const;
    const sizes = { layers: [...hidden, output], loss: 'cross-entropy', inputs, rows: 7, l2: 0.2, seed: 5 } as const;
    const verdicts = check({ ...networkCase(sizes), inputShape });
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
    expect(verdicts.every(({ checked, size }) => checked === size)).toBe(true);
  });

  test('batch norm as if its mean and variance were given is caught', () => {
    const right = registries.layers['batch-norm'];
    const batchNorm: typeof right = {
      ...right,
      create(place, resources) {
        const made = right.create(place, resources);
        return {
          ...made,
          backward(x, delta, dx, pass) {
            made.backward(x, delta, dx, pass);
            dx?.set(delta.subarray(0, dx.length));
          },
        };
      },
    };
    const layers = [dense, norm, { units: 3, activation: 'softmax' }] as const;
    const example = networkCase({ layers, loss: 'cross-entropy', inputs: 4, rows: 7 });
    const verdicts = check(example, { ...registries, layers: { ...registries.layers, 'batch-norm': batchNorm } });
    expect(verdicts.filter(({ passed }) => !passed).map(({ name }) => name)).toContain('W1');
  });
});

describe('a wrong backward must fail', () => {
  const example = networkCase({
    layers: [
      { units: 4, activation: 'tanh' },
      { units: 3, activation: 'softmax' },
    ],
    loss: 'cross-entropy',
    inputs: 3,
    rows: 5,
    l2: 0.1,
  });
  const failed = (registry: Registries): string[] =>
    check(example, registry)
      .filter(({ passed }) => !passed)
      .map(({ name }) => name);

  test('the right one passes, so that what follows is the change’s doing', () => {
    expect(failed(registries)).toEqual([]);
  });

  test('tanh′ = 1 − a in place of 1 − a²: the layers up to it fail', () => {
    const tanh: typeof registries.activations.tanh = {
      ...registries.activations.tanh,
      backward(_z, a, da, delta, rows, columns) {
        for (let i = 0; i < rows * columns; i++) delta[i] = da[i]! * (1 - a[i]!);
      },
    };
    expect(failed({ ...registries, activations: { ...registries.activations, tanh } })).toEqual(['W1', 'b1']);
  });

  test('a delta of the loss that is too large by a thousandth', () => {
    const { 'cross-entropy': right } = registries.losses;
    const crossEntropy: typeof right = {
      ...right,
      delta(output, delta) {
        right.delta(output, delta);
        for (let i = 0; i < delta.length; i++) delta[i]! *= 1.001;
      },
    };
    const losses = { ...registries.losses, 'cross-entropy': crossEntropy };
    expect(failed({ ...registries, losses })).toEqual(['W1', 'b1', 'W2', 'b2']);
  });

  test('the slip ∂J/∂b without its 1/m (DL notes, summary): only the biases fail', () => {
    const dense: typeof registries.layers.dense = {
      ...registries.layers.dense,
      create(place, resources) {
        const right = registries.layers.dense.create(place, resources);
        return {
          ...right,
          backward(x, delta, dx, pass) {
            right.backward(x, delta, dx, pass);
            const db = resources.gradients[1]!;
            for (let i = 0; i < db.length; i++) db[i]! *= pass.rows;
          },
        };
      },
    };
    expect(failed({ ...registries, layers: { ...registries.layers, dense } })).toEqual(['b1', 'b2']);
  });

  test('a gradient that is not a number', () => {
    const sigmoid: typeof registries.activations.tanh = {
      ...registries.activations.tanh,
      backward: (_z, _a, _da, delta) => delta.fill(NaN),
    };
    const registry = { ...registries, activations: { ...registries.activations, tanh: sigmoid } };
    expect(check(example, registry)[0]).toMatchObject({ name: 'W1', passed: false, error: NaN });
  });
});

describe('the verdict', () => {
  const relu = networkCase({ layers: [{ units: 2, activation: 'relu' }], loss: 'squared', inputs: 1, rows: 1 });
  const at = (W: number[], b: number[]): readonly GradientVerdict[] =>
    checkGradients({
      ...relu,
      l2: 0,
      x: Float64Array.of(1),
      parameters: [
        { name: 'W1', shape: [2, 1], values: Float64Array.from(W) },
        { name: 'b1', shape: [2], values: Float64Array.from(b) },
      ],
    });

  test('leaves out and counts entries where a unit crosses its kink', () => {
    expect(at([1, 0], [0, 0])).toMatchObject([
      { name: 'W1', size: 2, checked: 1, atKink: 1, passed: true },
      { name: 'b1', size: 2, checked: 1, atKink: 1, passed: true },
    ]);
  });

  test('does not pass where nothing could be checked', () => {
    expect(at([0, 0], [0, 0])[0]).toMatchObject({ checked: 0, atKink: 2, passed: false, index: -1 });
  });

  test('names the worst entry with both numbers, within the limit', () => {
    for (const { error, index, numeric, analytic } of at([1, 2], [0.5, 0.5])) {
      expect(index).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(LIMIT);
      expect(numeric).toBeCloseTo(analytic, 5);
    }
  });

  test('checks a drawn sample of a large array, the same one each time', () => {
    const large = networkCase({ layers: [{ units: 6, activation: 'tanh' }], loss: 'squared', inputs: 9, rows: 2 });
    const sample = (): readonly GradientVerdict[] => checkGradients({ ...large, l2: 0, entries: 10 });
    expect(sample()[0]).toMatchObject({ size: 54, checked: 10, passed: true });
    expect(sample()).toEqual(sample());
  });

  test('takes another step and another limit', () => {
    const example = networkCase({ layers: [{ units: 2, activation: 'tanh' }], loss: 'squared', inputs: 2, rows: 3 });
    const coarse = checkGradients({ ...example, l2: 0, step: 0.1 });
    expect(coarse.every(({ passed }) => passed)).toBe(false);
    expect(checkGradients({ ...example, l2: 0, step: 0.1, limit: 0.1 }).every(({ passed }) => passed)).toBe(true);
  });
});
