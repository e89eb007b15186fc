import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PreparedData } from '../../data/prepared';
import type { CompiledNetwork } from '../../engine';
import type { Experiment, TrainingSpec } from '../../experiment/document';
import { layers as layerKinds } from '../../layers';
import { compileReference } from '../../network';
import { succeed } from '../../problem';
import { sizeOf, type FloatArray, type NamedTensor } from '../../tensor';
import { LIVELY, networkCase, networkCases, type NetworkCase } from '../../testing/arbitrary';
import { describeEachBackend } from '../../testing/each-backend';
import { Walk } from '../../walk';
import { lookWith } from '.';
import { lookAtBatch } from './look-at-batch';
import { findExample, lookAtExample } from './look-at-example';
import { lookAtWeights } from './look-at-weights';
import { lookBackward } from './look-backward';
import { lookForward } from './look-forward';
import type { LookScene } from './look-scene';
import type { Spread } from './look-types';
import { spreadOf } from './spread';

/** A run of a random network after an update, on data that are its batch. */
async function sceneOf(
  example: NetworkCase,
  compile: (request: NetworkCase) => Promise<CompiledNetwork>,
): Promise<LookScene & { readonly network: CompiledNetwork }> {
  const { x, y, rows, outputs, inputShape } = example;
  const schedule = { kind: 'constant' } as const;
  const training = { l1: 0, clipNorm: 0, schedule, ...example.training } as TrainingSpec;
  const network = await compile({ ...example, training });
  const narrow = network.precision === 'float32';
  const examples = { count: rows, x: narrow ? Float32Array.from(x) : x, y: narrow ? Float32Array.from(y) : y };
  network.bindExamples('train', examples);
  const walk = new Walk(network, training, rows);
  walk.run(1);
  if (walk.batchInEpoch === walk.batches) walk.nextEpoch();
  const target = { name: 'y', classes: ['a', 'b', 'c', 'd'].slice(0, Math.max(2, outputs)), mean: 0, deviation: 1 };
  const task = example.network.loss === 'squared' ? 'regression' : 'multi-class';
  const prepared = {
    summary: { classes: target.classes },
    preprocessing: { inputShape, task, target, features: [], pixels: null },
    bindable: (part: string) => (part === 'train' ? examples : null),
  } as unknown as PreparedData; // the rest of what data say of themselves is not looked at
  return {
    network,
    walk,
    experiment: { network: example.network, training } as unknown as Experiment,
    prepared,
    outputs,
  };
}

/** The reference in float64 with the same weights: what judges every number. */
function judgeOf(example: NetworkCase, { network }: LookScene): CompiledNetwork {
  const judge = compileReference(example, 'float64');
  judge.setParameters(network.parameters());
  judge.setStep(network.step);
  return judge;
}

const named = (tensors: readonly NamedTensor[]): Map<string, FloatArray> =>
  new Map(tensors.map(({ name, values }) => [name, values]));

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(found.length, what).toBe(expected.length);
  const most = Math.max(1e-2, ...Array.from(expected, Math.abs));
  const worst = Math.max(0, ...Array.from(found, (value, k) => Math.abs(value - expected[k]!)));
  expect(worst / most, what).toBeLessThan(tolerance);
}

function expectSpread(found: Spread, values: FloatArray, tolerance: number, what: string): void {
  const expected = spreadOf(values);
  const of = ({ min, max, mean, deviation, norm }: Spread): number[] => [min, max, mean, deviation, norm];
  expect(found.count, what).toBe(expected.count);
  expect(
    found.counts.reduce((sum, count) => sum + count, 0),
    what,
  ).toBe(found.count);
  expectClose(of(found), of(expected), tolerance, what);
}

describeEachBackend('looks inside a network', ({ compile, tolerance }) => {
  // What crosses is float32 also where float64 was computed.
  const rounded = Math.max(tolerance, 1e-6) * 30;

  it('show what the reference computes, for random networks of every kind of layer, and change nothing', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(networkCases, async (example) => {
        const scene = await sceneOf(example, compile);
        const { network, walk } = scene;
        const judge = judgeOf(example, scene);
        const before = [...network.parameters(), ...network.optimizerState()];
        const place = [walk.epoch, walk.step, walk.batchInEpoch, network.step];
        const { x, y, rows, inputs, outputs } = example;
        const expected = named(judge.activations(x, rows));
        const parameters = named(network.parameters());
        // Dropout draws by the place in the batch, and training goes in an order of its own.
        const batch = walk.nextBatch();
        const inOrder = (values: Float64Array, columns: number): Float64Array =>
          Float64Array.from([...batch].flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]));
        const trace = named(judge.trace(inOrder(x, inputs), inOrder(y, outputs), rows).tensors);

        const forward = lookForward(scene);
        expect(forward.examples).toBe(rows);
        for (const { number, activations } of forward.layers) {
          expectSpread(activations, expected.get(`a${number}`)!, rounded, `a${number}`);
        }
        for (const { name, values } of forward.parameters) expect(values).toEqual(spreadOf(parameters.get(name)!));

        const backward = lookBackward(scene);
        for (const { name, gradient, norm } of backward.parameters) {
          expectSpread(gradient, trace.get(`d${name}`)!, 10 * rounded, `d${name}`);
          expect(norm).toBe(spreadOf(parameters.get(name)!).norm);
        }

        for (const { name, shape, trained } of lookAtWeights(scene, { name: '', from: 0, gradient: false }).arrays) {
          const { chosen } = lookAtWeights(scene, { name, from: 0, gradient: true });
          expect(chosen!.values).toEqual(Float32Array.from(parameters.get(name)!));
          expect(chosen!.values.length).toBe(sizeOf(shape));
          if (trained) expectClose(chosen!.gradient!, trace.get(`d${name}`)!, 10 * rounded, `d${name}`);
          else expect(chosen!.gradient).toBeNull();
        }

        const index = rows - 1;
        const one = lookAtExample(scene, { part: 'train', index });
        expectClose(one.x, x.subarray(index * inputs), 1e-6, 'x');
        for (const { number, a, z, kind } of one.layers) {
          const ofRow = (name: string): FloatArray =>
            expected.get(name)!.subarray((index * expected.get(name)!.length) / rows);
          expectClose(a, ofRow(`a${number}`), rounded, `a${number}`);
          if (z !== null) expectClose(z, ofRow(`z${number}`), rounded, `z${number}`);
          seen.add(kind);
        }

        for (const { number } of one.layers) {
          const many = lookAtBatch(scene, { part: 'train', layer: number });
          const a = expected.get(`a${number}`)!;
          const positions = a.length / rows / many.allUnits;
          const means = Array.from(many.values, (_, k) => {
            const [unit, row] = [Math.floor(k / rows), many.indices[k % rows]!];
            const from = (row * many.allUnits + unit) * positions;
            return Array.from(a.subarray(from, from + positions)).reduce((sum, value) => sum + value, 0) / positions;
          });
          expectClose(many.values, means, rounded, `a${number} of the batch`);
        }

        expect([...network.parameters(), ...network.optimizerState()]).toEqual(before);
        expect([walk.epoch, walk.step, walk.batchInEpoch, network.step]).toEqual(place);
        // The update is the very one that training makes.
        walk.run(1);
        const after = named(network.parameters());
        for (const { name, update } of backward.parameters) {
          const difference = Float64Array.from(after.get(name)!, (value, k) => value - parameters.get(name)![k]!);
          if (update !== null) expectSpread(update, difference, 1e-6, `update of ${name}`);
        }
        network.dispose();
      }),
      { numRuns: 20, seed: 20261123 },
    );
    expect([...seen].sort()).toEqual(Object.keys(layerKinds).sort());
  });
});

const compile = (request: NetworkCase): Promise<CompiledNetwork> =>
  Promise.resolve(compileReference(request, 'float64'));

describe('what lies over an image', () => {
  const conv = { kind: 'conv2d', filters: 4, kernel: 3, stride: 1, padding: 'valid', activation: 'relu' } as const;

  async function arraysOf(layers: Parameters<typeof networkCase>[0]['layers'], inputShape: readonly number[]) {
    const example = networkCase({ layers, loss: 'cross-entropy', inputShape, rows: 3 });
    return lookAtWeights(await sceneOf(example, compile), { name: '', from: 0, gradient: false }).arrays;
  }

  it('filters over what they see, units over what was made flat before them, and biases over nothing', async () => {
    const arrays = await arraysOf(
      [
        { ...conv, initializer: LIVELY },
        { kind: 'max-pool2d', size: 2, stride: 2 },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0.1 },
        { units: 5, activation: 'relu' },
        { units: 3, activation: 'softmax' },
      ],
      [3, 8, 8],
    );
    expect(arrays.map(({ name, picture, first }) => [name, picture, first])).toEqual([
      ['W1', [3, 3, 3], true],
      ['b1', null, false],
      ['W5', [4, 3, 3], false],
      ['b5', null, false],
      ['W6', null, false],
      ['b6', null, false],
    ]);
  });

  it('the first units of an image are pictures of it, also behind a batch norm', async () => {
    const arrays = await arraysOf(
      [
        { kind: 'flatten' },
        { kind: 'batch-norm', decay: 0.9, epsilon: 0.1 },
        { units: 4, activation: 'tanh' },
        { units: 3, activation: 'softmax' },
      ],
      [1, 5, 4],
    );
    expect(arrays.find(({ name }) => name === 'W3')).toMatchObject({ picture: [1, 5, 4], first: true });
    expect(arrays.filter(({ kind }) => kind === 'batch-norm').map(({ symbol, trained }) => [symbol, trained])).toEqual([
      ['gamma', true],
      ['beta', true],
      ['mean', false],
      ['variance', false],
    ]);
  });
});

describe('large arrays and large batches', () => {
  it('an array is shown from the unit asked for, as many units as fit', async () => {
    const layers = [
      { units: 1100, activation: 'tanh' },
      { units: 2, activation: 'softmax' },
    ] as const;
    const example = networkCase({
      layers,
      loss: 'cross-entropy',
      inputs: 1000,
      rows: 2,
      initializer: { kind: 'uniform', low: -1, high: 1 },
    });
    const scene = await sceneOf(example, compile);
    const { chosen } = lookAtWeights(scene, { name: 'W1', from: 1060, gradient: false });
    expect([chosen!.from, chosen!.units, chosen!.values.length]).toEqual([1060, 40, 40_000]);
    const first = lookAtWeights(scene, { name: 'W1', from: 0, gradient: false }).chosen!;
    expect([first.from, first.units]).toEqual([0, 1048]);
    expect(first.values[1000]).toBe(Math.fround(scene.network.parameters()[0]!.values[1000]!));
  });
});

describe('examples of a kind', () => {
  const layers = [{ units: 3, activation: 'softmax' }] as const;
  const example = networkCase({ layers, loss: 'cross-entropy', inputs: 4, rows: 40, seed: 5 });

  test('the next one of a class, forward and back, round the ends', async () => {
    const scene = await sceneOf(example, compile);
    const classOf = (index: number): number => [0, 1, 2].find((k) => example.y[index * 3 + k] === 1)!;
    const those = Array.from({ length: 40 }, (_, index) => index).filter((index) => classOf(index) === 1);
    const find = (from: number, by: 1 | -1): number | null =>
      findExample(scene, { part: 'train', kind: { ofClass: 1 }, from, by, passed: 0 }).index;
    expect(find(those[0]!, 1)).toBe(those[1]);
    expect(find(those.at(-1)!, 1)).toBe(those[0]);
    expect(find(those[0]!, -1)).toBe(those.at(-1));
  });

  test('the wrong ones, one after the other, are those that the answers say', async () => {
    const scene = await sceneOf(example, compile);
    const wrong = Array.from({ length: 40 }, (_, index) => index).filter(
      (index) => lookAtExample(scene, { part: 'train', index }).right === false,
    );
    const found: number[] = [];
    for (let from = 39; found.length < wrong.length; from = found.at(-1)!) {
      found.push(findExample(scene, { part: 'train', kind: 'wrong', from, by: 1, passed: 0 }).index!);
    }
    expect(wrong.length).toBeGreaterThan(0);
    expect(found).toEqual(wrong);
  });

  test('none is said to be none, and a part without examples is a problem', async () => {
    const scene = await sceneOf(example, compile);
    const request = { part: 'train', kind: { ofClass: 9 }, from: 3, by: 1, passed: 0 } as const;
    expect(findExample(scene, request)).toEqual({ index: null, passed: 40, of: 40 });
    expect(() => lookAtExample(scene, { part: 'test', index: 0 })).toThrow('The test part has no examples');
    expect(() => lookAtExample(scene, { part: 'train', index: 40 })).toThrow('no example 41');
    expect(() => lookAtBatch(scene, { part: 'train', layer: 7 })).toThrow('no layer 7');
  });
});

test('a look says when it was taken and what it cost, and crosses as plain data', async () => {
  const example = networkCase({ layers: [{ units: 1, activation: 'sigmoid' }], loss: 'logistic', inputs: 2, rows: 4 });
  const scene = await sceneOf(example, compile);
  const api = lookWith((use) => use(scene as Parameters<typeof use>[0]));
  const looks = [
    api.lookForward(),
    api.lookBackward(),
    api.lookAtWeights({ name: 'W1', from: 0, gradient: true }),
    api.lookAtExample({ part: 'train', index: 1 }),
    api.lookAtBatch({ part: 'train', layer: 1 }),
  ];
  for (const look of looks) {
    expect(structuredClone(look)).toEqual(look);
    expect(look).toEqual(succeed(expect.objectContaining({ step: 1, epoch: 1, costMs: expect.any(Number) })));
  }
});
