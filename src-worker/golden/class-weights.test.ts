import { expect, test } from 'vitest';
import { weighExamples } from '../data/class-weights';
import type { LossKind } from '../experiment/document';
import type { NamedTensor } from '../tensor';
import { describeEachBackend } from '../testing/each-backend';
import { relativeError, type Golden } from '../testing/golden';
import file from './class_weights.json';

interface WeightsCase {
  readonly name: string;
  readonly activation: 'softmax' | 'sigmoid';
  readonly loss: LossKind;
  /** By class. */
  readonly weights: readonly number[];
  /** Of each example. */
  readonly classes: readonly number[];
  readonly cost: number;
  /** What `reduction="mean"` gives, which divides by the sum of the weights and not by m; null where torch has no such thing. */
  readonly torchMean: number | null;
  readonly tensors: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
}

const golden = file as unknown as Golden<WeightsCase>;

describeEachBackend('class weights against the weighted losses of PyTorch', ({ compile, precision }) => {
  const tolerance = golden.tolerance[precision];

  test.each(golden.cases)(`$name: cost and gradients within ${tolerance}`, async (example) => {
    const given = (name: string): NamedTensor => {
      const { shape, values } = example.tensors[name]!;
      return { name, shape, values: Float64Array.from(values) };
    };
    const [rows, inputs] = given('x').shape as [number, number];
    const names = example.weights.map((_, k) => `class ${k}`);
    const byName = Object.fromEntries(names.map((name, k) => [name, example.weights[k]!]));
    const network = await compile({
      network: {
        layers: [
          {
            ...{ kind: 'dense', units: given('b1').shape[0]!, initializer: { kind: 'zeros' } },
            activation: example.activation,
          },
        ],
        loss: example.loss,
        seed: 1,
      },
      inputShape: [inputs],
      training: {
        optimizer: { kind: 'sgd', learningRate: 0.1 },
        ...{ batchSize: rows, epochs: 1, l2: 0, seed: 1, classWeights: byName },
      },
    });
    network.setParameters([given('W1'), given('b1')]);
    const weights = weighExamples(byName, rows, names, (n) => example.classes[n]!, precision)!;
    const [x, y] = [given('x').values, given('y').values];
    const { loss, tensors } = network.trace(x, y, rows, weights);
    expect(relativeError([loss], [example.cost])).toBeLessThan(tolerance);
    for (const name of ['dW1', 'db1']) {
      const { values } = tensors.find((tensor) => tensor.name === name)!;
      expect(relativeError(values, given(name).values), name).toBeLessThan(tolerance);
    }
    if (example.torchMean !== null) {
      const total = [...weights].reduce((sum, weight) => sum + weight, 0);
      expect(relativeError([(loss * rows) / total], [example.torchMean])).toBeLessThan(tolerance);
    }
    network.bindExamples('train', { count: rows, x, y, weights });
    const { lossSum } = network.runBatches(0, 1);
    expect(relativeError([lossSum / rows], [example.cost])).toBeLessThan(tolerance);
    network.dispose();
  });
});
