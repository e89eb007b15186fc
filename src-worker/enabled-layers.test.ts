import { describe, expect, it, test } from 'vitest';
import type { LayerSpec, NetworkSpec } from './experiment/document';
import { outputLayer, withEnabled } from './experiment/enabled';
import { parseExperiment } from './experiment/parse';
import { serializeExperiment } from './experiment/serialize';
import { inspectNetwork, resolveNetwork } from './shape';
import { describeEachBackend } from './testing/each-backend';

const BINARY = { task: 'binary', classes: 2 } as const;

function experimentOf(layers: readonly object[]) {
  const parsed = parseExperiment({ data: { source: { sample: 'flower' } }, network: { layers } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

const networkOf = (...layers: readonly object[]): NetworkSpec => experimentOf(layers).network;
const hidden = { kind: 'dense', units: 5, activation: 'tanh' };
const off = { kind: 'dense', units: 7, activation: 'relu', enabled: false };
const output = { kind: 'dense', units: 1, activation: 'sigmoid' };

describe('in the document', () => {
  it('is written only where a layer is off, and comes back from the text', () => {
    const experiment = experimentOf([{ ...hidden, enabled: true }, off, output]);
    expect(experiment.network.layers.map((layer) => 'enabled' in layer)).toEqual([false, true, false]);
    expect(parseExperiment(JSON.parse(serializeExperiment(experiment)))).toEqual({ ok: true, value: experiment });
    expect(serializeExperiment(experiment)).toContain('"enabled": false');
  });

  it.each([[0], ['no'], [null]])('is true or false, not %j', (enabled) => {
    const parsed = parseExperiment({
      data: { source: { sample: 'flower' } },
      network: { layers: [{ ...output, enabled }] },
    });
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: 'network.layers[0].enabled' }] });
  });

  it('leaves the loss to the last layer that is on', () => {
    expect(networkOf(output, { kind: 'dense', units: 3, activation: 'softmax', enabled: false }).loss).toBe('logistic');
    expect(outputLayer([])).toBeUndefined();
  });

  it('goes and comes without a trace', () => {
    const [layer] = networkOf(output).layers as readonly [LayerSpec];
    expect(withEnabled(withEnabled(layer, false), true)).toEqual(layer);
  });
});

test('what is off passes its input on, has no parameters and no problems, and the others keep their numbers', () => {
  // A pool that could not stand there.
  const network = networkOf(hidden, off, { kind: 'max-pool2d', enabled: false }, output);
  const inspection = inspectNetwork(network, [2], BINARY);
  expect(inspection).toMatchObject({ ready: true, parameters: 5 * 2 + 5 + (1 * 5 + 1), outputs: 1 });
  expect(inspection.layers.map(({ outputShape }) => outputShape)).toEqual([[5], [5], [5], [1]]);
  const names = resolveNetwork(network, [2]).flatMap(({ parameters }) => parameters.map(({ fullName }) => fullName));
  expect(names).toEqual(['W1', 'b1', 'W4', 'b4']);
});

test('the output is judged where the last layer is off', () => {
  const network = networkOf({ ...output, units: 3 }, { ...output, enabled: false });
  expect(inspectNetwork(network, [2], BINARY).layers.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
    ['network/outputs'],
    [],
  ]);
});

test('a network of nothing but layers that are off has none', () => {
  const { problems, ready } = inspectNetwork(networkOf({ ...output, enabled: false }), [2], BINARY);
  expect(ready).toBe(false);
  expect(problems[0]).toMatchObject({ code: 'network/no-layers', message: /switched off/ });
});

describeEachBackend('a network with a layer that is off', ({ compile }) => {
  it('trains to the bits of the network without it', async () => {
    const training = { optimizer: { kind: 'sgd', learningRate: 0.5 }, l2: 0.01, batchSize: 4 } as const;
    const [withOff, without] = await Promise.all(
      [networkOf(hidden, off, output), networkOf(hidden, output)].map((network) =>
        compile({ network, training, inputShape: [2] }),
      ),
    );
    const rename = (name: string): string => name.replace('3', '2');
    withOff!.setParameters(without!.parameters().map((tensor) => ({ ...tensor, name: tensor.name.replace('2', '3') })));
    const x = Float64Array.from({ length: 24 }, (_, n) => Math.sin(n));
    const y = Float64Array.from({ length: 12 }, (_, n) => n % 2);
    for (const network of [withOff!, without!]) {
      network.bindExamples('train', { count: 12, x, y });
      network.setOrder(Uint32Array.from({ length: 12 }, (_, n) => n));
      network.runBatches(0, 3);
    }
    expect(withOff!.parameters().map((tensor) => ({ ...tensor, name: rename(tensor.name) }))).toEqual(
      without!.parameters(),
    );
    expect(withOff!.trace(x, y, 12).tensors.map(({ name }) => rename(name))).toEqual(
      without!.trace(x, y, 12).tensors.map(({ name }) => name),
    );
  });
});
