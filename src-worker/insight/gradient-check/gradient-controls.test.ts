import { describe, expect, test } from 'vitest';
import type { ActivationDefinition } from '../../activations';
import type { LayerKind, LayerSpec } from '../../experiment/document';
import type { LayerDefinition } from '../../layers';
import type { LossDefinition } from '../../losses';
import { registries, type Registries } from '../../propagation';
import { resolveNetwork } from '../../shape';
import { activationKinds, LIVELY, lossOutputs, networkCase, type NetworkCase } from '../../testing/arbitrary';
import type { FloatArray } from '../../tensor';
import { checkGradients } from './gradient-check';

/**
 * For every kind of layer, activation and loss: the gradient check passes, and a backward that is off by a thousandth fails it,
 * in just those arrays that it reaches. A check that let one through would be worth nothing.
 */

const FACTOR = 1.001;

const spoil = (values: FloatArray): void => values.forEach((value, i) => (values[i] = value * FACTOR));

/** Names of the arrays that fail; every entry of every array was compared, or stood at a kink. */
function failing({ network, inputShape, training, x, y, rows }: NetworkCase, registry: Registries): string[] {
  const verdicts = checkGradients({ network, inputShape, l2: training.l2, x, y, rows }, registry);
  for (const { name, size, checked, atKink } of verdicts) {
    expect(checked + atKink, name).toBe(size);
    expect(checked, name).toBeGreaterThan(0);
  }
  return verdicts.filter(({ passed }) => !passed).map(({ name }) => name);
}

const namesOf = (parameters: readonly { readonly fullName: string; readonly trained: boolean }[]): string[] =>
  parameters.filter(({ trained }) => trained).map(({ fullName }) => fullName);

const layersOfAllKinds = {
  dense: { kind: 'dense', units: 5, activation: 'tanh', initializer: LIVELY },
  conv2d: {
    kind: 'conv2d',
    filters: 2,
    kernel: [2, 3],
    stride: [1, 2],
    padding: 'same',
    activation: 'tanh',
    initializer: LIVELY,
  },
  'max-pool2d': { kind: 'max-pool2d', size: 2, stride: 1 },
  'avg-pool2d': { kind: 'avg-pool2d', size: [2, 1], stride: 2 },
  flatten: { kind: 'flatten' },
  dropout: { kind: 'dropout', rate: 0.4 },
  'batch-norm': { kind: 'batch-norm', decay: 0.9, epsilon: 1e-3 },
} as const satisfies Record<LayerKind, LayerSpec>;

describe.each(Object.values(layersOfAllKinds))('a $kind layer', (layer) => {
  // Behind a convolution, so that its dx has parameters to reach.
  const first: LayerSpec = { ...layersOfAllKinds.conv2d, filters: 3, stride: 1, activation: 'gelu' };
  const example = networkCase({
    layers: [first, layer, { units: 3, activation: 'softmax' }],
    loss: 'cross-entropy',
    inputShape: [2, 4, 5],
    rows: 4,
    l2: 0.1,
    seed: 8,
  });
  const resolved = resolveNetwork(example.network, example.inputShape);
  const own = namesOf(resolved[1]!.parameters);
  const definition: LayerDefinition = registries.layers[layer.kind];

  /** The registry with another backward of this kind. */
  function withBackward(change: (gradients: readonly FloatArray[], dx: FloatArray | null) => void): Registries {
    const changed: LayerDefinition = {
      ...definition,
      create(place, resources) {
        const right = definition.create(place, resources);
        return {
          ...right,
          backward(x, delta, dx, pass) {
            right.backward(x, delta, dx, pass);
            change(resources.gradients, dx);
          },
        };
      },
    };
    return { ...registries, layers: { ...registries.layers, [layer.kind]: changed } };
  }

  test('passes', () => {
    expect(failing(example, registries)).toEqual([]);
  });

  test('fails with a dx that is off by a thousandth: everything before it', () => {
    const before = resolved.filter((each) => each.place.layer.kind === layer.kind).at(-1)!.number;
    const reached = resolved.filter(({ number }) => number < before).flatMap(({ parameters }) => namesOf(parameters));
    expect(
      failing(
        example,
        withBackward((_, dx) => dx && spoil(dx)),
      ),
    ).toEqual(reached);
  });

  if (own.length === 0) return;
  test('fails with gradients that are off by a thousandth: its own', () => {
    const reached = resolved.filter((each) => each.place.layer.kind === layer.kind);
    const spoilt = withBackward((gradients) => gradients.forEach(spoil));
    expect(failing(example, spoilt)).toEqual(reached.flatMap(({ parameters }) => namesOf(parameters)));
  });
});

describe.each(activationKinds)('%s', (kind) => {
  const example = networkCase({
    layers: [
      { units: 4, activation: kind },
      { units: 2, activation: 'identity' },
    ],
    loss: 'squared',
    inputs: 3,
    rows: 6,
    seed: 3,
  });
  // `identity` is the output's activation too; the squared loss asks it for the derivative of the last layer.
  const reached = kind === 'identity' ? ['W1', 'b1', 'W2', 'b2'] : ['W1', 'b1'];

  test('passes, and fails with a derivative that is off by a thousandth', () => {
    const right: ActivationDefinition = registries.activations[kind];
    const wrong: ActivationDefinition = {
      ...right,
      backward(z, a, da, delta, rows, columns) {
        right.backward(z, a, da, delta, rows, columns);
        spoil(delta.subarray(0, rows * columns));
      },
    };
    expect(failing(example, registries)).toEqual([]);
    expect(failing(example, { ...registries, activations: { ...registries.activations, [kind]: wrong } })).toEqual(
      reached,
    );
  });
});

describe.each(lossOutputs)('$loss of $activation', ({ loss, activation }) => {
  const example = networkCase({ layers: [{ units: 3, activation }], loss, inputs: 4, rows: 5, l2: 0.1, seed: 2 });

  test('passes, and fails with a delta that is off by a thousandth', () => {
    const right: LossDefinition = registries.losses[loss];
    const wrong: LossDefinition = {
      ...right,
      delta(output, delta) {
        right.delta(output, delta);
        spoil(delta.subarray(0, output.rows * output.columns));
      },
    };
    expect(failing(example, registries)).toEqual([]);
    expect(failing(example, { ...registries, losses: { ...registries.losses, [loss]: wrong } })).toEqual(['W1', 'b1']);
  });
});

test.each([
  { l2: 0.3, l1: 0 },
  { l2: 0, l1: 0.2 },
  { l2: 0.1, l1: 0.1 },
])('the cost with $l2 of L2 and $l1 of L1 passes, a weight at 0 stands at a kink', (terms) => {
  const { network, inputShape, x, y, rows } = networkCase({
    layers: [{ units: 3, activation: 'softmax' }],
    loss: 'cross-entropy',
    inputs: 3,
    rows: 5,
  });
  const W = [0.5, -0.3, 0, 0.2, 0.9, -1, 0.1, 0.4, -0.7];
  const parameters = [
    { name: 'W1', shape: [3, 3], values: Float64Array.from(W) },
    { name: 'b1', shape: [3], values: new Float64Array(3) },
  ];
  const verdicts = checkGradients({ network, inputShape, x, y, rows, parameters, ...terms });
  const atKink = terms.l1 > 0 ? 1 : 0;
  expect(verdicts).toMatchObject([
    { name: 'W1', checked: 9 - atKink, atKink, passed: true },
    { name: 'b1', checked: 3, atKink: 0, passed: true },
  ]);
});
