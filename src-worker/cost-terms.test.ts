import { expect, test } from 'vitest';
import type { CompiledNetwork, CompileRequest } from './engine';
import { networkCase, optimizerSpecs, randomTargets } from './testing/arbitrary';
import { describeEachBackend } from './testing/each-backend';
import type { NamedTensor } from './tensor';

/** What the cost and the update have beside the mean of the losses: L1, L2, clipping, weights of the examples, measuring. */

const example = networkCase({
  layers: [
    { units: 7, activation: 'tanh' },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 4,
  rows: 22,
  batchSize: 5,
  l2: 0.02,
  optimizer: { kind: 'sgd', learningRate: 0.2 },
});

type Terms = Partial<CompileRequest['training']>;

const withTerms = (terms: Terms): CompileRequest => ({ ...example, training: { ...example.training, ...terms } });

const valuesOf = (network: CompiledNetwork): Record<string, number[]> =>
  Object.fromEntries(
    [...network.parameters(), ...network.optimizerState()].map(({ name, values }) => [name, [...values]]),
  );

describeEachBackend('the terms of the cost', ({ compile, precision, tolerance }) => {
  async function bound(terms: Terms = {}, weights?: Float64Array): Promise<CompiledNetwork> {
    const network = await compile(withTerms(terms));
    const { rows: count, x, y } = example;
    network.bindExamples('train', weights === undefined ? { count, x, y } : { count, x, y, weights });
    return network;
  }

  test('measuring the gradient’s norm changes not a bit, whatever the optimizer', async () => {
    for (const optimizer of optimizerSpecs(0.05)) {
      const [measured, plain] = [await bound({ optimizer }), await bound({ optimizer })];
      for (let first = 0; first < 5; first++) {
        expect(measured.runBatches(first, 1, true).gradientNorm).toBeGreaterThan(0);
        expect(plain.runBatches(first, 1).gradientNorm).toBeNull();
      }
      expect(valuesOf(measured), optimizer.kind).toEqual(valuesOf(plain));
    }
  });

  test('the norm is that of the last batch, with L2 and before clipping', async () => {
    for (const clipNorm of [0, 0.01]) {
      const network = await bound({ clipNorm, l1: 0.01 });
      network.runBatches(0, 4);
      const rows = [20, 21];
      const pick = (array: Float64Array, width: number): Float64Array =>
        Float64Array.from(rows.flatMap((row) => [...array.subarray(row * width, (row + 1) * width)]));
      const { tensors } = network.trace(pick(example.x, 4), pick(example.y, 3), rows.length);
      const gradients = tensors.filter(({ name }) => /^d[Wb]/.test(name));
      const norm = Math.hypot(...gradients.flatMap(({ values }) => [...values]));
      const measured = network.runBatches(4, 1, true).gradientNorm!;
      expect(Math.abs(measured - norm)).toBeLessThan(tolerance * norm);
    }
  });

  test('a trace counts each example by its weight, as the step that follows does', async () => {
    const weights = Float64Array.from({ length: example.rows }, (_, i) => 0.25 + (i % 4) / 2);
    const network = await bound({ optimizer: { kind: 'sgd', learningRate: 0.1 } }, weights);
    const rows = Math.min(example.rows, withTerms({}).training.batchSize);
    const first = { x: example.x.slice(0, rows * 4), y: example.y.slice(0, rows * 3), weights: weights.slice(0, rows) };
    const { tensors, loss } = network.trace(first.x, first.y, rows, first.weights);
    const { tensors: plain } = network.trace(first.x, first.y, rows);
    const of = (name: string, among = tensors) => among.find((tensor) => tensor.name === name)!.values;
    of('delta2').forEach((value, i) => {
      expect(value).toBeCloseTo(of('delta2', plain)[i]! * first.weights[Math.floor(i / 3)]!, 5);
    });
    const before = network.parameters().find(({ name }) => name === 'W2')!.values;
    const { lossSum } = network.runBatches(0, 1);
    expect(Math.abs(lossSum / rows - loss)).toBeLessThan(tolerance);
    const after = network.parameters().find(({ name }) => name === 'W2')!.values;
    of('dW2').forEach((gradient, i) => expect(before[i]! - 0.1 * gradient).toBeCloseTo(after[i]!, 5));
  });

  test('plain gradient descent with L2 is W ← (1 − αλ) W − α ∂J/∂W, CS229 (3.38)', async () => {
    const [alpha, lambda] = [0.2, 0.3];
    const [decayed, plain] = [await bound({ l2: lambda }), await bound({ l2: 0 })];
    const before = plain.parameters();
    decayed.runBatches(0, 1);
    plain.runBatches(0, 1);
    const after = decayed.parameters();
    plain.parameters().forEach(({ name, values }, p) => {
      const decay = name.startsWith('W') ? alpha * lambda : 0;
      values.forEach((value, i) => {
        expect(after[p]!.values[i]).toBeCloseTo(
          value - decay * before[p]!.values[i]!,
          precision === 'float64' ? 14 : 6,
        );
      });
    });
  });

  test('L1 moves each weight by α λ₁ towards 0, biases and weights at 0 not at all', async () => {
    const [alpha, lambda] = [0.2, 0.05];
    const [sparse, plain] = [await bound({ l1: lambda, l2: 0 }), await bound({ l2: 0 })];
    const start = plain.parameters().map((tensor): NamedTensor => ({
      ...tensor,
      values: tensor.values.map((value, i) => (tensor.name === 'W1' && i % 3 === 0 ? 0 : value)),
    }));
    for (const network of [sparse, plain]) {
      network.setParameters(start);
      network.runBatches(0, 1);
    }
    const after = sparse.parameters();
    plain.parameters().forEach(({ name, values }, p) => {
      values.forEach((value, i) => {
        const pull = name.startsWith('W') ? alpha * lambda * Math.sign(start[p]!.values[i]!) : 0;
        expect(after[p]!.values[i], name).toBeCloseTo(value - pull, precision === 'float64' ? 14 : 6);
      });
    });
  });

  test('a clipped step has the length α · clipNorm and the direction of the gradient', async () => {
    const [clipped, plain] = [await bound({ clipNorm: 0.05 }), await bound()];
    const before = plain.parameters();
    const norm = plain.runBatches(0, 1, true).gradientNorm!;
    clipped.runBatches(0, 1);
    const moved = (network: CompiledNetwork): number[] =>
      network.parameters().flatMap(({ values }, p) => Array.from(values, (value, i) => value - before[p]!.values[i]!));
    const [long, short] = [moved(plain), moved(clipped)];
    expect(norm).toBeGreaterThan(0.05);
    expect(Math.hypot(...short)).toBeCloseTo(0.2 * 0.05, 6);
    short.forEach((value, i) => expect(value).toBeCloseTo((long[i]! * 0.05) / norm, 6));
  });

  test('a limit that no gradient reaches changes not a bit', async () => {
    const [limited, plain] = [await bound({ clipNorm: 1e6 }), await bound()];
    for (const network of [limited, plain]) network.runBatches(0, 5);
    expect(valuesOf(limited)).toEqual(valuesOf(plain));
  });

  test('a weight counts an example so many times, and evaluation does not look at it', async () => {
    // Two examples of weight 2 and 0 are the first example twice.
    const weights = Float64Array.from({ length: example.rows }, (_, i) => (i % 2 === 0 ? 2 : 0));
    const doubled = { x: example.x.slice(), y: example.y.slice() };
    for (let row = 1; row < example.rows; row += 2) {
      doubled.x.copyWithin(row * 4, (row - 1) * 4, row * 4);
      doubled.y.copyWithin(row * 3, (row - 1) * 3, row * 3);
    }
    const [weighted, twice] = [await compile(withTerms({ batchSize: 6 })), await compile(withTerms({ batchSize: 6 }))];
    weighted.bindExamples('train', { count: 22, x: example.x, y: example.y, weights });
    twice.bindExamples('train', { count: 22, ...doubled });
    const before = weighted.evaluate('train').loss;
    const [a, b] = [weighted.runBatches(0, 3), twice.runBatches(0, 3)];
    expect(Math.abs(a.lossSum - b.lossSum)).toBeLessThan(10 * tolerance * b.lossSum);
    const expected = valuesOf(twice);
    for (const [name, values] of Object.entries(valuesOf(weighted))) {
      values.forEach((value, i) => expect(value).toBeCloseTo(expected[name]![i]!, precision === 'float64' ? 12 : 5));
    }
    const plain = await compile(withTerms({ batchSize: 6 }));
    plain.bindExamples('train', { count: 22, x: example.x, y: example.y });
    expect(plain.evaluate('train').loss).toBe(before);
  });

  test.each(['squared', 'logistic', 'cross-entropy'] as const)('weights of 1 train as none under %s', async (loss) => {
    const activation = { squared: 'tanh', logistic: 'sigmoid', 'cross-entropy': 'softmax' } as const;
    const given = networkCase({ layers: [{ units: 3, activation: activation[loss] }], loss, inputs: 5, rows: 9 });
    const [weighted, plain] = [await compile(given), await compile(given)];
    const examples = { count: 9, x: given.x, y: randomTargets(loss, 9, 3, 4) };
    weighted.bindExamples('train', { ...examples, weights: new Float64Array(9).fill(1) });
    plain.bindExamples('train', examples);
    const [a, b] = [weighted.runBatches(0, 1), plain.runBatches(0, 1)];
    expect(Math.abs(a.lossSum - b.lossSum)).toBeLessThan(tolerance * b.lossSum);
    const expected = valuesOf(plain);
    for (const [name, values] of Object.entries(valuesOf(weighted))) {
      values.forEach((value, i) => expect(value).toBeCloseTo(expected[name]![i]!, 6));
    }
  });

  test('weights that do not fit the examples are refused', async () => {
    await expect(bound({}, new Float64Array(3))).rejects.toThrow('weights must hold 22');
  });

  test('an update beyond what the precision holds is told, and not counted', async () => {
    // The loss and its gradient can be held; α times the gradient cannot, and neither can its square.
    const [far, rate] = precision === 'float64' ? [1e150, 1e200] : [1e18, 1e20];
    const given = networkCase({ layers: [{ units: 1, activation: 'identity' }], loss: 'squared', inputs: 1, rows: 1 });
    for (const optimizer of optimizerSpecs(rate)) {
      const network = await compile({ ...given, training: { optimizer, l2: 0, batchSize: 1 } });
      network.bindExamples('train', { count: 1, x: Float64Array.of(1e10), y: Float64Array.of(far) });
      network.setParameters(network.parameters().map((each) => ({ ...each, values: new Float64Array(1) })));
      const run = network.runBatches(0, 1);
      expect(run, optimizer.kind).toMatchObject({ batches: 0, lossSum: 0, finite: false, spoiled: true });
    }
  });

  test('t of Adam is saved, taken up again and begins anew with another kind', async () => {
    const optimizer = { kind: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const [whole, first, second] = [await bound({ optimizer }), await bound({ optimizer }), await bound({ optimizer })];
    const time = (network: CompiledNetwork): number | undefined =>
      network.optimizerState().find(({ name }) => name === 't')?.values[0];
    whole.runBatches(0, 5);
    first.runBatches(0, 2);
    second.setParameters(first.parameters());
    second.setOptimizerState(first.optimizerState());
    expect(time(second)).toBe(2);
    second.runBatches(2, 3);
    expect(valuesOf(second)).toEqual(valuesOf(whole));
    second.setTraining({ optimizer: { kind: 'sgd', learningRate: 0.1 }, l2: 0 });
    expect(second.optimizerState()).toEqual([]);
    second.setTraining({ optimizer, l2: 0 });
    expect(time(second)).toBe(0);
    expect(() => second.setOptimizerState(whole.optimizerState().filter(({ name }) => name !== 't'))).toThrow('t ');
    // Past what float32 counts one by one.
    second.setOptimizerState(
      whole
        .optimizerState()
        .map((each) => (each.name === 't' ? { ...each, values: Float64Array.of(20_000_001) } : each)),
    );
    second.runBatches(0, 2);
    expect(time(second)).toBe(20_000_003);
  });
});
