import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledNetwork, Trace } from './engine';
import { initialParameters } from './network';
import { describeEachBackend } from './testing/each-backend';
import { networkCase, networkCases, type NetworkCase } from './testing/arbitrary';
import { relativeError } from './testing/golden';
import type { FloatArray, NamedTensor } from './tensor';

const values = (tensors: readonly NamedTensor[], name: string): FloatArray =>
  tensors.find((tensor) => tensor.name === name)!.values;
const traceOf = (network: CompiledNetwork, { x, y, rows }: NetworkCase): Trace => network.trace(x, y, rows);

const tanhSoftmax = networkCase({
  layers: [
    { units: 5, activation: 'tanh' },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 4,
  rows: 10,
  batchSize: 4,
  optimizer: { kind: 'momentum', learningRate: 0.2, beta: 0.8 },
});

describeEachBackend('a compiled network', ({ compile, tolerance, precision }) => {
  async function bound(example: NetworkCase): Promise<CompiledNetwork> {
    const network = await compile(example);
    network.bindExamples('train', { count: example.rows, x: example.x, y: example.y });
    return network;
  }

  test('starts from the same numbers as every other backend', async () => {
    const network = await compile(tanhSoftmax);
    const initial = initialParameters(tanhSoftmax.network, tanhSoftmax.inputShape);
    expect(network.parameters().map(({ name, shape }) => [name, shape])).toEqual([
      ['W1', [5, 4]],
      ['b1', [5]],
      ['W2', [3, 5]],
      ['b2', [3]],
    ]);
    for (const { name, values: given } of initial) {
      expect(Array.from(values(network.parameters(), name)), name).toEqual(Array.from(given));
    }
    expect(network.precision).toBe(precision);
  });

  test('the same seed gives the same bits, in one call or in many', async () => {
    const [once, pieces] = [await bound(tanhSoftmax), await bound(tanhSoftmax)];
    const order = Uint32Array.of(9, 1, 8, 2, 7, 3, 6, 4, 5, 0);
    once.setOrder(order);
    pieces.setOrder(order);
    const whole = once.runBatches(0, 3);
    const parts = [0, 1, 2].map((k) => pieces.runBatches(k, 1));
    expect(whole).toMatchObject({ batches: 3, finite: true });
    expect(parts.reduce((sum, part) => sum + part.lossSum, 0)).toBeCloseTo(
      whole.lossSum,
      precision === 'float64' ? 12 : 4,
    );
    expect(pieces.parameters()).toEqual(once.parameters());
    expect(pieces.optimizerState()).toEqual(once.optimizerState());
  });

  test('goes on with the same bits from saved parameters and optimizer state', async () => {
    const [straight, first, second] = [await bound(tanhSoftmax), await bound(tanhSoftmax), await bound(tanhSoftmax)];
    straight.runBatches(0, 3);
    first.runBatches(0, 2);
    second.setParameters(first.parameters());
    second.setOptimizerState(first.optimizerState());
    second.runBatches(2, 1);
    expect(second.parameters()).toEqual(straight.parameters());
  });

  test('a batch is its examples in the given order, the last one smaller and averaged over its own', async () => {
    const network = await bound(tanhSoftmax);
    network.setOrder(Uint32Array.of(9, 8, 7, 6, 5, 4, 3, 2, 0, 1));
    const { inputs, outputs, x, y } = tanhSoftmax;
    const rows = Float64Array.from([...x.slice(0, inputs), ...x.slice(inputs, 2 * inputs)]);
    const targets = Float64Array.from([...y.slice(0, outputs), ...y.slice(outputs, 2 * outputs)]);
    const { loss } = network.trace(rows, targets, 2);
    const run = network.runBatches(2, 1);
    expect(run.batches).toBe(1);
    expect(relativeError([run.lossSum], [2 * loss])).toBeLessThan(tolerance);
  });

  test('one update is W ← W − α dW for sgd, and by way of v for momentum', async () => {
    for (const kind of ['sgd', 'momentum'] as const) {
      const optimizer =
        kind === 'sgd' ? ({ kind, learningRate: 0.5 } as const) : ({ kind, learningRate: 0.5, beta: 0.75 } as const);
      const example = { ...tanhSoftmax, training: { ...tanhSoftmax.training, optimizer, batchSize: 10, l2: 0.2 } };
      const network = await bound(example);
      const before = network.parameters();
      const { tensors } = traceOf(network, example);
      network.runBatches(0, 1);
      const rate = kind === 'sgd' ? 0.5 : 0.5 * (1 - 0.75);
      for (const { name, values: W } of before) {
        const expected = Array.from(W, (w, i) => w - rate * values(tensors, `d${name}`)[i]!);
        expect(relativeError(values(network.parameters(), name), expected), name).toBeLessThan(tolerance);
      }
      const names = network.optimizerState().map(({ name }) => name);
      expect(names).toEqual(kind === 'sgd' ? [] : ['v.W1', 'v.b1', 'v.W2', 'v.b2']);
    }
  });

  test('L2 shrinks weights by 1 − αλ, CS229 notes (3.38), and leaves biases alone', async () => {
    const training = { ...tanhSoftmax.training, batchSize: 10, optimizer: { kind: 'sgd', learningRate: 0.5 } } as const;
    const plain = await bound({ ...tanhSoftmax, training });
    const decayed = await bound({ ...tanhSoftmax, training: { ...training, l2: 0.4 } });
    const initial = plain.parameters();
    plain.runBatches(0, 1);
    decayed.runBatches(0, 1);
    for (const { name, values: W } of initial) {
      const step = values(plain.parameters(), name);
      const lambda = name.startsWith('W') ? 0.4 : 0;
      const expected = Array.from(step, (w, i) => w - 0.5 * lambda * W[i]!);
      expect(relativeError(values(decayed.parameters(), name), expected), name).toBeLessThan(tolerance);
    }
  });

  test('setTraining changes the next update; another optimizer starts without memory', async () => {
    const network = await bound(tanhSoftmax);
    network.runBatches(0, 1);
    const before = network.parameters();
    const state = network.optimizerState();
    network.setTraining({ optimizer: { kind: 'momentum', learningRate: 1e-30, beta: 0.8 }, l2: 0 });
    expect(network.optimizerState()).toEqual(state);
    network.runBatches(1, 1);
    expect(network.parameters()).toEqual(before);
    network.setTraining({ optimizer: { kind: 'sgd', learningRate: 0.1 }, l2: 0 });
    expect(network.optimizerState()).toEqual([]);
    network.setTraining({ optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.8 }, l2: 0 });
    expect(values(network.optimizerState(), 'v.W1').every((v) => v === 0)).toBe(true);
  });

  test('stops before the update of a batch whose loss is not finite; the weights stay finite', async () => {
    const example = networkCase({
      layers: [
        { units: 4, activation: 'relu' },
        { units: 1, activation: 'identity' },
      ],
      loss: 'squared',
      inputs: 3,
      rows: 8,
      batchSize: 2,
      optimizer: { kind: 'sgd', learningRate: 1e25 },
    });
    const network = await bound(example);
    const runs = Array.from({ length: 25 }, () => network.runBatches(0, 4));
    const stopped = runs.find(({ finite }) => !finite)!;
    expect(stopped.batches).toBeLessThan(4);
    expect(Number.isFinite(stopped.lossSum)).toBe(true);
    for (const { values: W } of network.parameters()) expect(Array.from(W).every(Number.isFinite)).toBe(true);
  });

  test('a NaN among the inputs stops the first batch and changes nothing', async () => {
    const network = await bound({ ...tanhSoftmax, x: tanhSoftmax.x.map((value, i) => (i === 1 ? NaN : value)) });
    const before = network.parameters();
    expect(network.runBatches(0, 3)).toMatchObject({ batches: 0, lossSum: 0, finite: false, spoiled: false });
    expect(network.parameters()).toEqual(before);
  });

  test('8-bit images are the floats (byte − offset[c]) · scale[c]', async () => {
    const shape = [2, 2, 3];
    const bytes = Uint8Array.from({ length: 36 }, (_, i) => (i * 37) % 256);
    const [offset, scale] = [Float32Array.of(100, 128), Float32Array.of(1 / 64, 1 / 128)];
    const floats = Float64Array.from(bytes, (byte, i) => {
      const c = Math.floor(i / 6) % 2;
      return (byte - offset[c]!) * scale[c]!;
    });
    const base = networkCase({
      layers: [{ units: 2, activation: 'softmax' }],
      loss: 'cross-entropy',
      inputs: 12,
      rows: 3,
    });
    const network = await compile({ ...base, inputShape: shape });
    network.bindExamples('train', { count: 3, x: { bytes, offset, scale }, y: base.y });
    network.bindExamples('dev', { count: 3, x: floats, y: base.y });
    expect(network.evaluate('train')).toEqual(network.evaluate('dev'));
    const kept = network.evaluate('train');
    bytes.fill(0);
    expect(network.evaluate('train')).toEqual(kept);
  });

  test('evaluate, predict and trace agree on ŷ and loss, over more rows than one slice', async () => {
    const example = networkCase({ layers: tanhSoftmax.network.layers, loss: 'cross-entropy', inputs: 4, rows: 600 });
    const network = await bound(example);
    const { loss, yHat } = network.evaluate('train');
    const trace = traceOf(network, example);
    expect(yHat).toHaveLength(600 * 3);
    expect(Array.from(network.predict(example.x, 600))).toEqual(Array.from(yHat));
    expect(Array.from(values(trace.tensors, 'yHat'))).toEqual(Array.from(yHat));
    expect(relativeError([trace.loss], [loss])).toBeLessThan(tolerance);
  });

  test('trace makes no update and names every tensor in order', async () => {
    const network = await bound(tanhSoftmax);
    const before = network.parameters();
    const { tensors } = traceOf(network, tanhSoftmax);
    expect(network.parameters()).toEqual(before);
    expect(tensors.map(({ name }) => name).join(' ')).toBe(
      'x y yHat W1 b1 z1 a1 delta1 dW1 db1 W2 b2 z2 a2 delta2 dW2 db2',
    );
    expect(tensors.find(({ name }) => name === 'delta1')!.shape).toEqual([10, 5]);
  });

  test('what leaves the network is a copy', async () => {
    const network = await bound(tanhSoftmax);
    network.runBatches(0, 1);
    const before = network.parameters();
    for (const { values: array } of [...network.parameters(), ...network.optimizerState()]) array.fill(99);
    traceOf(network, tanhSoftmax).tensors.forEach(({ values: array }) => array.fill(99));
    network.evaluate('train').yHat.fill(99);
    expect(network.parameters()).toEqual(before);
    expect(network.optimizerState().every(({ values: v }) => v.every((entry) => entry !== 99))).toBe(true);
  });

  test('refuses arrays of another network and changes nothing', async () => {
    const network = await compile(tanhSoftmax);
    const before = network.parameters();
    const other = [{ name: 'W1', shape: [5, 4], values: new Float32Array(20) }];
    expect(() => network.setParameters(other)).toThrow(/b1 .* missing/);
    expect(() => network.setParameters([...before, { name: 'W3', shape: [1], values: new Float32Array(1) }])).toThrow(
      /W3 does not belong/,
    );
    const misshapen = before.map((tensor) => ({ ...tensor, values: tensor.values.map(() => 7) }));
    misshapen[3] = { name: 'b2', shape: [4], values: new Float32Array(4) };
    expect(() => network.setParameters(misshapen)).toThrow(/b2 must be \[3\], but is \[4\]/);
    expect(network.parameters()).toEqual(before);
  });

  test('a small step of gradient descent does not raise the loss of its own batch', async () => {
    await fc.assert(
      fc.asyncProperty(networkCases, async (example) => {
        const training = { ...example.training, l2: 0, optimizer: { kind: 'sgd', learningRate: 1e-3 } as const };
        const network = await bound({ ...example, training });
        const { loss } = traceOf(network, example);
        network.runBatches(0, 1);
        network.setStep(0); // with the same mask
        expect(traceOf(network, example).loss).toBeLessThanOrEqual(loss * (1 + tolerance));
        network.dispose();
      }),
      { numRuns: 40, seed: 20240503 },
    );
  });

  test('gradients of the batch are the mean of the gradients of its examples, with the L2 term once', async () => {
    await fc.assert(
      fc.asyncProperty(networkCases, async (example) => {
        // Batch normalisation compares the examples of a batch, and dropout draws for each place in it.
        fc.pre(example.network.layers.every(({ kind }) => kind !== 'batch-norm' && kind !== 'dropout'));
        const network = await compile(example);
        const { rows, inputs, outputs, x, y } = example;
        const whole = traceOf(network, example).tensors;
        const single = Array.from({ length: rows }, (_, i) =>
          network.trace(x.slice(i * inputs, (i + 1) * inputs), y.slice(i * outputs, (i + 1) * outputs), 1),
        );
        for (const { name, values: gradient } of whole.filter((tensor) => /^d[Wb]/.test(tensor.name))) {
          const mean = Array.from(
            gradient,
            (_, i) => single.reduce((sum, { tensors }) => sum + values(tensors, name)[i]!, 0) / rows,
          );
          expect(relativeError(gradient, mean), name).toBeLessThan(tolerance);
        }
        for (const { name, values: delta } of whole.filter((tensor) => tensor.name.startsWith('delta'))) {
          const stacked = single.flatMap(({ tensors }) => Array.from(values(tensors, name)));
          expect(relativeError(delta, stacked), name).toBeLessThan(tolerance);
        }
        network.dispose();
      }),
      { numRuns: 40, seed: 20240504 },
    );
  });
});

describe('initialParameters', () => {
  test('each array has its own stream: an edit of one layer leaves the others as they were', () => {
    const { network, inputShape } = tanhSoftmax;
    const layers = [network.layers[0]!, { ...network.layers[1]!, initializer: { kind: 'he-normal' } as const }];
    const edited = initialParameters({ ...network, layers }, inputShape);
    const initial = initialParameters(network, inputShape);
    expect(edited[0]).toEqual(initial[0]);
    expect(edited[2]).not.toEqual(initial[2]);
  });

  test('biases start at 0 and other seeds give other weights', () => {
    const { network, inputShape } = tanhSoftmax;
    const initial = initialParameters(network, inputShape);
    expect(values(initial, 'b1').every((b) => b === 0)).toBe(true);
    expect(initialParameters({ ...network, seed: 2 }, inputShape)[0]).not.toEqual(initial[0]);
  });
});
