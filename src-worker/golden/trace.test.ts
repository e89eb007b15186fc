import { describe, expect, test } from 'vitest';
import type { ActivationKind, LossKind } from '../experiment/document';
import { describeEachBackend } from '../testing/each-backend';
import { relativeError, type Golden } from '../testing/golden';
import { activationKinds, lossOutputs } from '../testing/arbitrary';
import type { NamedTensor } from '../tensor';
import file from './trace.json';

interface TraceCase {
  readonly name: string;
  readonly layers: readonly { readonly units: number; readonly activation: ActivationKind }[];
  readonly loss: LossKind;
  readonly cost: number;
  readonly tensors: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
}

const golden = file as unknown as Golden<TraceCase> & { readonly l2: number };

describeEachBackend('one step against PyTorch', ({ compile, precision }) => {
  const tolerance = golden.tolerance[precision];

  test.each(golden.cases)(`$name: every z a delta dW db within ${tolerance}`, async (example) => {
    const given = (name: string): NamedTensor => {
      const { shape, values } = example.tensors[name]!;
      return { name, shape, values: Float64Array.from(values) };
    };
    const network = await compile({
      network: {
        layers: example.layers.map((layer) => ({ kind: 'dense', initializer: { kind: 'zeros' }, ...layer })),
        loss: example.loss,
        seed: 1,
      },
      inputShape: [given('x').shape[1]!],
      training: {
        optimizer: { kind: 'sgd', learningRate: 0.1 },
        ...{ batchSize: 4, epochs: 1, l2: golden.l2, seed: 1, classWeights: 'none' },
      },
    });
    network.setParameters(example.layers.flatMap((_, i) => [given(`W${i + 1}`), given(`b${i + 1}`)]));
    const trace = network.trace(given('x').values, given('y').values, given('x').shape[0]!);

    expect(relativeError([trace.loss], [example.cost])).toBeLessThan(tolerance);
    expect(trace.tensors.map(({ name }) => name).sort()).toEqual(Object.keys(example.tensors).sort());
    for (const { name, shape, values } of trace.tensors) {
      expect(shape, name).toEqual(example.tensors[name]!.shape);
      expect(relativeError(values, example.tensors[name]!.values), name).toBeLessThan(tolerance);
    }
    network.dispose();
  });
});

describe('the golden file', () => {
  test('covers every hidden activation under every loss, and every output that a loss fits', () => {
    const hidden = golden.cases.map(({ layers, loss }) => `${layers[0]!.activation} ${loss}`);
    for (const activation of activationKinds) {
      for (const { loss } of lossOutputs) expect(hidden).toContain(`${activation} ${loss}`);
    }
    const outputs = golden.cases.map(({ layers, loss }) => `${layers.at(-1)!.activation} ${loss}`);
    for (const { activation, loss } of lossOutputs) expect(outputs).toContain(`${activation} ${loss}`);
  });
});
