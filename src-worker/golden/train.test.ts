import { expect, test } from 'vitest';
import type { LayerSpec, NetworkSpec } from '../experiment/document';
import { resolveNetwork } from '../shape';
import type { NamedTensor, Shape } from '../tensor';
import { describeEachBackend } from '../testing/each-backend';
import { relativeError, type Golden } from '../testing/golden';
import file from './train.json';

interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface TrainCase {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly inputShape: Shape;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly rows: number;
  readonly first: readonly StoredTensor[];
  readonly costs: readonly number[];
  readonly last: readonly StoredTensor[];
  readonly yHat: readonly number[];
}

const golden = file as unknown as Golden<TrainCase> & {
  readonly learningRate: number;
  readonly l2: number;
  readonly keyOfLayer2: number;
};

const networkOf = ({ layers }: TrainCase): NetworkSpec => ({ layers, loss: 'cross-entropy', seed: 1 });

test('the key that the masks were made with is that of layer 2', () => {
  const example = golden.cases.find(({ layers }) => layers[1]?.kind === 'dropout')!;
  expect(resolveNetwork(networkOf(example), example.inputShape)[1]!.key).toBe(golden.keyOfLayer2);
});

describeEachBackend('ten steps against PyTorch', ({ compile, precision }) => {
  const tolerance = golden.tolerance[precision];

  test.each(golden.cases)(
    `$name: costs, parameters, running statistics and answers within ${tolerance}`,
    async (given) => {
      const { rows, inputShape } = given;
      const optimizer = { kind: 'sgd', learningRate: golden.learningRate } as const;
      const training = { optimizer, batchSize: rows, epochs: 1, l2: golden.l2, seed: 1, classWeights: 'none' as const };
      const network = await compile({ network: networkOf(given), inputShape, training });
      const [x, y] = [Float64Array.from(given.x), Float64Array.from(given.y)];
      network.setParameters(
        given.first.map((tensor): NamedTensor => ({ ...tensor, values: Float64Array.from(tensor.values) })),
      );
      network.bindExamples('train', { count: rows, x, y });
      const costs = given.costs.map(() => network.runBatches(0, 1).lossSum / rows);
      expect(relativeError(costs, given.costs)).toBeLessThan(tolerance);
      const last = network.parameters();
      expect(last.map(({ name }) => name)).toEqual(given.last.map(({ name }) => name));
      for (const [index, { name, values }] of last.entries()) {
        expect(relativeError(values, given.last[index]!.values), name).toBeLessThan(tolerance);
      }
      expect(relativeError(network.predict(x, rows), given.yHat)).toBeLessThan(tolerance);
      expect(relativeError(network.evaluate('train').yHat, given.yHat)).toBeLessThan(tolerance);
      network.dispose();
    },
  );
});
