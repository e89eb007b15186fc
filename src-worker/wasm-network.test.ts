import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledNetwork } from './engine';
import type { InitializerSpec, OptimizerSpec } from './experiment/document';
import type { LoadedKernels } from './kernels/wasm';
import { compileReference } from './network';
import { ProblemError } from './problem';
import { createRandom } from './random';
import {
  inputShapes,
  layerSpecs,
  lossOutputs,
  networkCase,
  optimizerSpecs,
  type NetworkCase,
} from './testing/arbitrary';
import { loadBuiltKernels } from './testing/load-kernels';
import { compileWasm } from './wasm-network';

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
});

const momentum: OptimizerSpec = { kind: 'momentum', learningRate: 0.1, beta: 0.9 };

/** Weights that a hundred steps on wide layers do not blow up. */
const MODERATE: InitializerSpec = { kind: 'normal', mean: 0, deviation: 0.3 };

/**
 * Rules that divide by the root of the gradient's own square make a whole step out of a gradient that is nothing but rounding, and
 * circle about a minimum in a path of their own. A larger floor keeps that from being the difference between two backends.
 */
function smoothed(optimizer: OptimizerSpec): OptimizerSpec {
  return 'epsilon' in optimizer ? { ...optimizer, epsilon: 0.1 } : optimizer;
}

/** Runs over every output that a loss fits, all hidden layers and activations and every optimizer, with awkward sizes. */
const trainings = fc
  .record({
    hidden: fc.array(layerSpecs(37, MODERATE), { maxLength: 3 }),
    output: fc.constantFrom(...lossOutputs),
    outputs: fc.integer({ min: 2, max: 11 }),
    inputShape: inputShapes(19),
    rows: fc.integer({ min: 1, max: 41 }),
    batchSize: fc.integer({ min: 1, max: 17 }),
    l2: fc.constantFrom(0, 0.01),
    optimizer: fc.constantFrom(...optimizerSpecs(0.005).map(smoothed)),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ hidden, output, outputs, ...sizes }) =>
    networkCase({
      ...sizes,
      layers: [...hidden, { units: outputs, activation: output.activation }],
      loss: output.loss,
      initializer: MODERATE,
    }),
  );

const example = networkCase({
  layers: [
    { units: 9, activation: 'tanh' },
    { kind: 'batch-norm', decay: 0.9, epsilon: 1e-3 },
    { units: 6, activation: 'relu' },
    { kind: 'dropout', rate: 0.3 },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 5,
  rows: 23,
  batchSize: 4,
  l2: 0.01,
  optimizer: momentum,
});

function bound(given: NetworkCase): CompiledNetwork {
  const network = compileWasm(given, kernels);
  bind(network, given);
  return network;
}

function bind(network: CompiledNetwork, { rows, x, y }: NetworkCase): void {
  network.bindExamples('train', { count: rows, x, y });
}

function batchesOf({ rows, training }: NetworkCase): number {
  return Math.ceil(rows / training.batchSize);
}

/** Runs `steps` batches over epochs whose order comes from their number. */
function train(network: CompiledNetwork, given: NetworkCase, steps: number): void {
  const batches = batchesOf(given);
  for (let step = 0; step < steps; step += batches) {
    network.setOrder(createRandom(7, 'epoch', step / batches).permutation(given.rows));
    const run = network.runBatches(0, Math.min(batches, steps - step));
    expect(run.finite).toBe(true);
  }
}

function bitsOf(network: CompiledNetwork): Record<string, number[]> {
  const tensors = [...network.parameters(), ...network.optimizerState()];
  return Object.fromEntries(tensors.map(({ name, values }) => [name, Array.from(values)]));
}

function problemOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!.code;
    throw error;
  }
  return 'none';
}

/** Largest difference of a parameter, and that of the loss over the training part, relative where it is above 1. */
function distance(actual: CompiledNetwork, exact: CompiledNetwork): { parameters: number; loss: number } {
  const right = exact.parameters();
  const differences = actual
    .parameters()
    .flatMap(({ values }, index) => Array.from(values, (value, i) => Math.abs(value - right[index]!.values[i]!)));
  const [loss, exactLoss] = [actual.evaluate('train').loss, exact.evaluate('train').loss];
  return { parameters: Math.max(...differences), loss: Math.abs(loss - exactLoss) / Math.max(1, exactLoss) };
}

describe('against the reference in float64', () => {
  it('random networks keep every parameter within 1e-4 and the loss within 1e-5 after 100 steps', () => {
    let parted = 0;
    fc.assert(
      fc.property(trainings, (given) => {
        const wasm = bound(given);
        const [exact, rounded] = [compileReference(given, 'float64'), compileReference(given, 'float32')];
        for (const reference of [exact, rounded]) bind(reference, given);
        for (const network of [wasm, exact, rounded]) train(network, given, 100);
        // Rounding carries a unit over its kink once in a while, and from there on float32 goes another way: then the
        // reference in float32 is the judge.
        const onTheWay = distance(rounded, exact).parameters < 1e-4;
        parted += Number(!onTheWay);
        const { parameters, loss } = distance(wasm, onTheWay ? exact : rounded);
        expect(parameters).toBeLessThan(1e-4);
        expect(loss).toBeLessThan(1e-5);
        wasm.dispose();
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(parted).toBeLessThanOrEqual(3);
  });

  it('wide layers, on the packed path, keep every parameter within 1e-4 after 20 steps', () => {
    const wide = networkCase({
      layers: [
        { units: 130, activation: 'relu' },
        { units: 67, activation: 'tanh' },
        { units: 10, activation: 'softmax' },
      ],
      loss: 'cross-entropy',
      inputs: 301,
      rows: 150,
      batchSize: 64,
      optimizer: momentum,
      initializer: { kind: 'he-normal' },
    });
    const [wasm, reference] = [bound(wide), compileReference(wide, 'float64')];
    bind(reference, wide);
    train(wasm, wide, 20);
    train(reference, wide, 20);
    const exact = reference.parameters();
    wasm.parameters().forEach(({ name, values }, index) => {
      const errors = Array.from(values, (value, i) => Math.abs(value - exact[index]!.values[i]!));
      expect(
        errors.reduce((a, b) => Math.max(a, b), 0),
        name,
      ).toBeLessThan(1e-4);
    });
    wasm.dispose();
  });
});

describe('the same bits', () => {
  it('for any way of cutting an epoch into calls', () => {
    const whole = bound(example);
    train(whole, example, 2 * batchesOf(example));
    const expected = bitsOf(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), (pieces) => {
        const network = bound(example);
        for (const epoch of [0, 1]) {
          network.setOrder(createRandom(7, 'epoch', epoch).permutation(example.rows));
          let first = 0;
          for (let i = 0; first < batchesOf(example); i++) {
            const count = Math.min(pieces[i % pieces.length]!, batchesOf(example) - first);
            network.runBatches(first, count);
            // Looking on must not change anything.
            network.evaluate('train');
            network.predict(example.x, example.rows);
            network.trace(example.x, example.y, example.rows);
            first += count;
          }
        }
        expect(bitsOf(network)).toEqual(expected);
        network.dispose();
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('when a run goes on from its saved parameters and optimizer state', () => {
    const [whole, first, second] = [bound(example), bound(example), bound(example)];
    train(whole, example, 2 * batchesOf(example));
    train(first, example, batchesOf(example));
    second.setParameters(first.parameters());
    second.setOptimizerState(first.optimizerState());
    second.setStep(first.step);
    second.setOrder(createRandom(7, 'epoch', 1).permutation(example.rows));
    second.runBatches(0, batchesOf(example));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it('in memory that another network has used', () => {
    const fresh = bound(example);
    train(fresh, example, 12);
    const other = bound(networkCase({ ...sizesOfOther, rows: 90, seed: 3 }));
    other.runBatches(0, 1);
    other.dispose();
    const reused = bound(example);
    train(reused, example, 12);
    expect(bitsOf(reused)).toEqual(bitsOf(fresh));
  });

  it('for an example, however many are predicted with it', () => {
    const network = compileWasm(example, kernels);
    const many = Float64Array.from({ length: 300 * 5 }, (_, i) => Math.sin(i));
    const all = network.predict(many, 300);
    for (const row of [0, 127, 128, 299]) {
      const one = network.predict(many.subarray(row * 5, (row + 1) * 5), 1);
      expect(Array.from(one)).toEqual(Array.from(all.subarray(row * 3, (row + 1) * 3)));
    }
  });

  it('from 8-bit images as from the floats that they stand for', () => {
    const given = networkCase({
      layers: [{ units: 3, activation: 'softmax' }],
      loss: 'cross-entropy',
      inputs: 18,
      rows: 7,
    });
    const request = { ...given, inputShape: [2, 3, 3] };
    const bytes = Uint8Array.from({ length: 7 * 18 }, (_, i) => (i * 53) % 256);
    const [offset, scale] = [Float32Array.of(30, 100.5), Float32Array.of(1 / 64, 0.01)];
    const floats = Float32Array.from(bytes, (byte, i) => {
      const c = Math.floor(i / 9) % 2;
      return Math.fround(byte - offset[c]!) * scale[c]!;
    });
    const [images, table] = [compileWasm(request, kernels), compileWasm(request, kernels)];
    images.bindExamples('train', { count: 7, x: { bytes, offset, scale }, y: given.y });
    table.bindExamples('train', { count: 7, x: floats, y: given.y });
    for (let step = 0; step < 5; step++) expect(images.runBatches(0, 1)).toEqual(table.runBatches(0, 1));
    expect(bitsOf(images)).toEqual(bitsOf(table));
    expect(images.evaluate('train')).toEqual(table.evaluate('train'));
    expect(images.memoryBytes).toBeLessThan(table.memoryBytes);
  });
});

const sizesOfOther = {
  layers: [
    { units: 40, activation: 'sigmoid' },
    { units: 4, activation: 'identity' },
  ],
  loss: 'squared',
  inputs: 30,
  batchSize: 90,
} as const;

describe('what is not finite', () => {
  it('stops before the update of its batch: the weights are the last finite ones', () => {
    for (const bad of [NaN, Infinity]) {
      const x = example.x.slice();
      x[9 * 5 + 2] = bad; // example 9, in batch 2
      const [network, expected] = [bound({ ...example, x }), bound(example)];
      const run = network.runBatches(0, 5);
      const two = expected.runBatches(0, 2);
      expect(run).toMatchObject({ batches: 2, lossSum: two.lossSum, finite: false, spoiled: false });
      expect(bitsOf(network)).toEqual(bitsOf(expected));
    }
  });

  it('counts a gradient that overflows although the loss does not', () => {
    const given = networkCase({ layers: [{ units: 2, activation: 'identity' }], loss: 'squared', inputs: 2, rows: 1 });
    // a − y is about 1e18, its square fits into float32, times x = 1e25 does not.
    const network = bound({ ...given, x: Float64Array.of(1e25, 0), y: Float64Array.of(1e18, 0) });
    const [W, b] = network.parameters();
    network.setParameters([
      { ...W!, values: new Float32Array(4) },
      { ...b!, values: new Float32Array(2) },
    ]);
    expect(network.runBatches(0, 1)).toMatchObject({ batches: 0, lossSum: 0, finite: false, spoiled: false });
    expect(bitsOf(network).W1).toEqual([0, 0, 0, 0]);
  });

  it('shows in the loss of an evaluation', () => {
    const x = example.x.slice();
    x[0] = NaN;
    expect(bound({ ...example, x }).evaluate('train').loss).toBeNaN();
  });
});

describe('memory', () => {
  it('is refused by what is needed and what there is, and leaves the network as it was', () => {
    const huge = networkCase({ layers: [{ units: 60_000, activation: 'relu' }], loss: 'squared', inputs: 1, rows: 1 });
    expect(problemOf(() => compileWasm({ ...huge, inputShape: [20_000] }, kernels))).toBe('memory/full');
    expect(() => compileWasm({ ...huge, inputShape: [20_000] }, kernels)).toThrow(
      /needs [\d.]+ GB .* [\d.]+ GB are available.*Lower/s,
    );
  });

  it('of examples bound again is used again', () => {
    const network = bound(example);
    const { memoryBytes } = network;
    for (let i = 0; i < 20; i++) bind(network, example);
    expect(network.memoryBytes).toBe(memoryBytes);
    train(network, example, 6);
    const fresh = bound(example);
    train(fresh, example, 6);
    expect(bitsOf(network)).toEqual(bitsOf(fresh));
  });

  it('holds no more of a batch than there are examples', () => {
    const given = { ...example, training: { ...example.training, batchSize: 1_000_000_000 } };
    const network = bound(given);
    expect(network.runBatches(0, 1)).toMatchObject({ batches: 1, finite: true });
    expect(network.memoryBytes).toBeLessThan(1e6);
  });

  it('of more examples than before is found, with the order reset', () => {
    const more = networkCase({ ...sizesOfExample, rows: 400, batchSize: 100 });
    const network = compileWasm(more, kernels);
    bind(network, { ...more, rows: 10, x: more.x.slice(0, 50), y: more.y.slice(0, 30) });
    network.runBatches(0, 1);
    network.setParameters(compileWasm(more, kernels).parameters());
    network.setOptimizerState(compileWasm(more, kernels).optimizerState());
    bind(network, more);
    const fresh = bound(more);
    expect(network.runBatches(0, 4)).toEqual(fresh.runBatches(0, 4));
    expect(bitsOf(network)).toEqual(bitsOf(fresh));
  });
});

const sizesOfExample = {
  layers: [
    { units: 8, activation: 'tanh' },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 5,
  optimizer: momentum,
} as const;

describe('settings in the middle of a run', () => {
  it('change from the next update on, and nothing else does', () => {
    const [changed, other] = [bound(example), bound(example)];
    train(changed, example, 6);
    train(other, example, 6);
    const next = { optimizer: { kind: 'momentum', learningRate: 0.02, beta: 0.5 }, l2: 0.3 } as const;
    const resumed = bound({ ...example, training: { ...example.training, ...next } });
    resumed.setParameters(other.parameters());
    resumed.setOptimizerState(other.optimizerState());
    resumed.setStep(other.step);
    resumed.setOrder(createRandom(7, 'epoch', 0).permutation(example.rows));
    changed.setTraining(next);
    expect(changed.runBatches(0, 3)).toEqual(resumed.runBatches(0, 3));
    expect(bitsOf(changed)).toEqual(bitsOf(resumed));
  });

  it('with another kind of optimizer clear its state and keep the weights and the order', () => {
    const network = bound(example);
    train(network, example, 3);
    const weights = network.parameters();
    network.setTraining({ optimizer: { kind: 'sgd', learningRate: 0.1 }, l2: 0 });
    expect(network.parameters()).toEqual(weights);
    expect(network.optimizerState()).toEqual([]);
    const sgd = bound({
      ...example,
      training: { ...example.training, optimizer: { kind: 'sgd', learningRate: 0.1 }, l2: 0 },
    });
    sgd.setParameters(weights);
    sgd.setStep(network.step);
    sgd.setOrder(createRandom(7, 'epoch', 0).permutation(example.rows));
    expect(network.runBatches(2, 3)).toEqual(sgd.runBatches(2, 3));
    network.setTraining({ optimizer: momentum, l2: 0 });
    expect(network.optimizerState().every(({ values }) => values.every((value) => value === 0))).toBe(true);
  });
});

describe('misuse', () => {
  it('is refused by name and changes nothing', () => {
    const network = bound(example);
    const before = bitsOf(network);
    expect(problemOf(() => network.setOrder(Uint32Array.of(0, 1)))).toBe('network/order');
    expect(problemOf(() => network.setOrder(new Uint32Array(23)))).toBe('network/order');
    expect(problemOf(() => network.runBatches(0, 7))).toBe('network/batches');
    expect(problemOf(() => network.runBatches(-1, 1))).toBe('network/batches');
    expect(problemOf(() => network.evaluate('dev'))).toBe('network/part');
    expect(problemOf(() => network.predict(example.x, 3))).toBe('examples/length');
    expect(problemOf(() => network.bindExamples('train', { count: 2, x: example.x, y: example.y }))).toBe(
      'examples/length',
    );
    expect(bitsOf(network)).toEqual(before);
    expect(network.runBatches(0, 6)).toMatchObject({ batches: 6, finite: true });
  });
});
