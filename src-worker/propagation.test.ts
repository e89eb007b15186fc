import { describe, expect, test } from 'vitest';
import type { LayerSpec } from './experiment/document';
import { checkGradients } from './insight/gradient-check';
import { layers, type LayerDefinition } from './layers';
import { compileReference } from './network';
import { succeed } from './problem';
import { registries, type Registries } from './propagation';
import { LIVELY, networkCase } from './testing/arbitrary';

/**
 * Stands for kinds that are still to come: no activation, no parameters, memory between forward and backward, and another
 * behaviour once training is over. A dense spec without an activation becomes a layer that drops fixed inputs.
 */
const dropping: LayerDefinition<'dense'> = {
  ...layers.dense,
  outputShape: (place) => (drops(place.layer) ? succeed(place.inputShape) : layers.dense.outputShape(place)),
  parameters: (place) => (drops(place.layer) ? [] : layers.dense.parameters(place)),
  parameterFormula: (place) => (drops(place.layer) ? '' : layers.dense.parameterFormula(place)),
  create(place, resources) {
    if (!drops(place.layer)) return layers.dense.create(place, resources);
    const size = place.inputShape[0]!;
    const mask = resources.allocate(size);
    return {
      forward(x, z, { rows, mode }) {
        mask.forEach((_, i) => (mask[i] = mode === 'evaluation' ? 1 : 2 * (i % 2)));
        for (let i = 0; i < rows * size; i++) z[i] = x[i]! * mask[i % size]!;
      },
      backward(_x, delta, dx, { rows }) {
        if (dx !== null) for (let i = 0; i < rows * size; i++) dx[i] = delta[i]! * mask[i % size]!;
      },
    };
  },
};
const drops = (layer: LayerSpec): boolean => !('activation' in layer);

const registry: Registries = { ...registries, layers: { ...registries.layers, dense: dropping } };
const base = networkCase({
  layers: [
    { units: 2, activation: 'tanh' },
    { units: 2, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 3,
  rows: 4,
});
const dropout = { kind: 'dense', units: 2, initializer: LIVELY } as unknown as LayerSpec;
const [hidden, output] = base.network.layers as [LayerSpec, LayerSpec];
const request = { ...base, network: { ...base.network, layers: [hidden, dropout, output] } };

describe('a layer without activation or parameters, with memory and two modes', () => {
  test('is counted, and has only a in the trace', () => {
    const { tensors } = compileReference(request, 'float64', registry).trace(base.x, base.y, 4);
    expect(tensors.map(({ name }) => name).join(' ')).toBe(
      'x y yHat W1 b1 z1 a1 delta1 dW1 db1 a2 W3 b3 z3 a3 delta3 dW3 db3',
    );
  });

  test('passes its delta on as it let its input through', () => {
    const verdicts = checkGradients({ ...request, l2: 0 }, registry);
    expect(verdicts.map(({ name, passed }) => [name, passed])).toEqual([
      ['W1', true],
      ['b1', true],
      ['W3', true],
      ['b3', true],
    ]);
  });

  test('lets everything through in evaluation', () => {
    const network = compileReference(request, 'float64', registry);
    const plain = compileReference(base, 'float64');
    plain.setParameters(network.parameters().map((tensor) => ({ ...tensor, name: tensor.name.replace('3', '2') })));
    expect(network.predict(base.x, 4)).toEqual(plain.predict(base.x, 4));
    const training = network.trace(base.x, base.y, 4).tensors.find(({ name }) => name === 'yHat')!;
    expect(training.values).not.toEqual(network.predict(base.x, 4));
  });

  test('may be the last layer: its output is ŷ', () => {
    const network = { ...base.network, loss: 'squared' as const, layers: [hidden, dropout] };
    const verdicts = checkGradients({ ...base, network, l2: 0 }, registry);
    expect(verdicts.every(({ passed }) => passed)).toBe(true);
  });
});
