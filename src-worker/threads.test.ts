import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledNetwork, CompileRequest } from './engine';
import type { LoadedKernels } from './kernels/wasm';
import { createRandom } from './random';
import { networkCase, networkCases, optimizerSpecs, type NetworkCase } from './testing/arbitrary';
import { loadBuiltKernels } from './testing/load-kernels';
import { compileWasm } from './wasm-network';

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
  expect(await kernels.startThreads(4)).toBe(4);
});

/** Everything that a network computes in `steps` updates, taken in strides of these lengths. */
function outcome(given: NetworkCase, threads: number, strides: readonly number[]) {
  const request: CompileRequest = { ...given, threads: { most: threads, always: true } };
  const network = compileWasm(request, kernels);
  try {
    network.bindExamples('train', { count: given.rows, x: given.x, y: given.y });
    expect(network.threads).toBe(threads);
    const losses = stride(network, strides);
    return {
      losses,
      parameters: network.parameters(),
      state: network.optimizerState(),
      evaluation: network.evaluate('train'),
      predictions: network.predict(given.x, given.rows),
    };
  } finally {
    network.dispose();
  }
}

/** Batch after batch, over and over; a stride ends at the end of the data at the latest. */
function stride(network: CompiledNetwork, strides: readonly number[]) {
  return strides.map((count) => Array.from({ length: count }, (_, batch) => network.runBatches(batch % 2, 1).lossSum));
}

const twoBatches = (given: NetworkCase): NetworkCase => ({
  ...given,
  training: { ...given.training, batchSize: Math.ceil(given.rows / 2) },
});

describe('threads', () => {
  it('leave the same bits, 1, 2, 3 or 4, whatever the network', () => {
    fc.assert(
      fc.property(
        networkCases.filter(({ rows }) => rows > 1).map(twoBatches),
        fc.constantFrom(2, 3, 4),
        (given, threads) => {
          expect(outcome(given, threads, [4, 6])).toEqual(outcome(given, 1, [4, 6]));
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it.each(optimizerSpecs(0.01))('leave the same bits in a network with packed products ($kind)', (optimizer) => {
    const layers = [
      { units: 131, activation: 'tanh' },
      { units: 70, activation: 'relu' },
      { units: 10, activation: 'softmax' },
    ] as const;
    const given = twoBatches(
      networkCase({ layers, loss: 'cross-entropy', inputs: 97, rows: 150, l2: 0.01, optimizer }),
    );
    const one = outcome(given, 1, [3]);
    expect(one.losses.flat().every(Number.isFinite)).toBe(true);
    for (const threads of [2, 3, 4]) expect(outcome(given, threads, [3])).toEqual(one);
  });

  it('stop together where a gradient overflows, with the last finite weights', () => {
    const layers = [
      { units: 40, activation: 'relu' },
      { units: 3, activation: 'identity' },
    ] as const;
    const given = networkCase({ layers, loss: 'squared', inputs: 30, rows: 64 });
    const last = createRandom(1, 'threads').integer(given.x.length);
    given.x[last] = 1e30;
    const request = { ...given, training: { ...given.training, batchSize: 64 } };
    const run = (threads: number) => {
      const network = compileWasm({ ...request, threads: { most: threads, always: true } }, kernels);
      network.bindExamples('train', { count: given.rows, x: given.x, y: given.y });
      const before = network.parameters();
      const ran = network.runBatches(0, 1);
      expect(network.parameters()).toEqual(before);
      network.dispose();
      return ran;
    };
    expect(run(1).finite).toBe(false);
    expect(run(4)).toEqual(run(1));
  });

  it('serve many networks in turn', () => {
    const given = networkCase({
      layers: [{ units: 4, activation: 'softmax' }],
      loss: 'cross-entropy',
      inputs: 3,
      rows: 8,
    });
    const networks = Array.from({ length: 4 }, () => {
      const network = compileWasm({ ...given, threads: { most: 3, always: true } }, kernels);
      network.bindExamples('train', { count: given.rows, x: given.x, y: given.y });
      return network;
    });
    for (let step = 0; step < 50; step++) for (const network of networks) network.runBatches(0, 1);
    const [first, ...others] = networks.map((network) => network.parameters());
    for (const other of others) expect(other).toEqual(first);
    for (const network of networks) network.dispose();
  });
});

/** A schedule of the learning rate as a run has it: other settings at every call. */
const rateAt = (step: number): number => 0.05 / (1 + step / 7);

describe('a run that is broken off and taken up', () => {
  it('ends with the bits of one that was not, whatever the strides and the threads of each stretch', () => {
    const stretches = fc.array(
      fc.record({ threads: fc.constantFrom(1, 2, 3, 4), strides: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(networkCases.filter(({ rows }) => rows > 2).map(manyBatches), stretches, (given, plan) => {
        const total = plan.reduce((sum, { strides }) => sum + strides, 0);
        expect(resumed(given, plan)).toEqual(resumed(given, [{ threads: 1, strides: total }]));
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});

const manyBatches = (given: NetworkCase): NetworkCase => ({ ...given, training: { ...given.training, batchSize: 1 } });

/** Trains epoch after epoch in one call each; every stretch is a new network, from the state of the one before. */
function resumed(given: NetworkCase, stretches: readonly { readonly threads: number; readonly strides: number }[]) {
  let before: CompiledNetwork | null = null;
  let epoch = 0;
  for (const { threads, strides } of stretches) {
    const next = compileWasm({ ...given, threads: { most: threads, always: threads > 1 } }, kernels);
    next.bindExamples('train', { count: given.rows, x: given.x, y: given.y });
    if (before !== null) {
      next.setParameters(before.parameters());
      next.setOptimizerState(before.optimizerState());
      next.setStep(before.step);
      before.dispose();
    }
    for (let n = 0; n < strides; n++) {
      const optimizer = { ...given.training.optimizer, learningRate: rateAt(epoch) };
      next.setTraining({ ...given.training, optimizer });
      next.setOrder(createRandom(++epoch, 'threads').permutation(given.rows));
      // Several batches a call, in two calls that meet anywhere.
      const first = stretches.length === 1 ? given.rows : 1 + ((epoch * threads) % (given.rows - 1));
      next.runBatches(0, first);
      if (first < given.rows) next.runBatches(first, given.rows - first);
    }
    before = next;
  }
  const end = { parameters: before!.parameters(), state: before!.optimizerState(), step: before!.step };
  before!.dispose();
  return end;
}
