import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from './api';
import { createVariation } from './data/variation';
import { createReferenceEngine, createWasmEngine } from './engines';
import type { ByteImages, Examples } from './engine';
import { defaultDataSpec } from './experiment/defaults';
import type { AugmentationSpec, DataSpec } from './experiment/document';
import { parseExperiment } from './experiment/parse';
import { wasmFootprint } from './kernels/footprint';
import type { LoadedKernels } from './kernels/wasm';
import type { Outcome } from './problem';
import { createRandom } from './random';
import { describeEachBackend } from './testing/each-backend';
import { loadBuiltKernels } from './testing/load-kernels';
import { createTrainer } from './trainer';
import { compileWasm } from './wasm-network';

const augmentation: AugmentationSpec = { shift: 2, flip: 'horizontal', rotate: 15, noise: 0.1, seed: 5 };
const [COUNT, BATCH, OUTPUTS] = [100, 32, 3];
/** Large enough that no more than two batches are staged together. */
const inputShape = [3, 60, 64];
const size = 3 * 60 * 64;

const training = { optimizer: { kind: 'sgd', learningRate: 0.05 }, l2: 0, batchSize: BATCH } as const;
const parsed = parseExperiment({
  data: { source: { sample: 'soccer-ball' } },
  network: {
    layers: [
      { kind: 'dense', units: 4, activation: 'tanh' },
      { kind: 'dense', units: OUTPUTS, activation: 'softmax' },
    ],
  },
});
const { network } = value(parsed);
const request = { network, inputShape, training };

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

function drawExamples(): Examples & { readonly x: ByteImages } {
  const random = createRandom(3, 'augmented');
  const bytes = Uint8Array.from({ length: COUNT * size }, () => random.integer(256));
  const y = new Float64Array(COUNT * OUTPUTS);
  for (let n = 0; n < COUNT; n++) y[n * OUTPUTS + random.integer(OUTPUTS)] = 1;
  const weights = Float64Array.from({ length: COUNT }, () => 0.5 + random.uniform());
  const x = { bytes, offset: Float64Array.of(100, 120, 140), scale: Float64Array.of(0.01, 0.02, 0.01) };
  return { count: COUNT, x, y, weights };
}

const variation = createVariation(augmentation, inputShape, [255, 255, 255])!;

describeEachBackend('varied images', ({ compile }) => {
  it('are trained on as if each epoch had brought them so, and evaluated as they are', async () => {
    const plain = drawExamples();
    const varied = await compile(request);
    const byHand = await compile(request);
    varied.bindExamples('train', { ...plain, variation });
    for (const epoch of [1, 2]) {
      const order = createRandom(9, epoch).permutation(COUNT);
      const bytes = new Uint8Array(plain.x.bytes.length);
      for (let n = 0; n < COUNT; n++) variation.vary(epoch, n, plain.x.bytes, n * size, bytes, n * size);
      byHand.bindExamples('train', { ...plain, x: { ...plain.x, bytes } });
      varied.setOrder(order, epoch);
      byHand.setOrder(order, epoch);
      const one = [varied.runBatches(0, 1), varied.runBatches(1, 3, true)];
      const other = [byHand.runBatches(0, 1), byHand.runBatches(1, 3, true)];
      expect(one.map(({ batches, finite }) => [batches, finite])).toEqual([
        [1, true],
        [3, true],
      ]);
      expect(one[1]!.gradientNorm).toBe(other[1]!.gradientNorm);
      expect(one[1]!.lossSum).toBeCloseTo(other[1]!.lossSum, 9);
      expect(varied.parameters()).toEqual(byHand.parameters());
    }
    byHand.bindExamples('train', plain);
    expect(varied.evaluate('train')).toEqual(byHand.evaluate('train'));
    varied.dispose();
    byHand.dispose();
  });
});

describe('a run on varied images', () => {
  let kernels: LoadedKernels;
  beforeAll(async () => {
    kernels = await loadBuiltKernels();
    await kernels.startThreads(3);
  });

  const dataWith = (given: AugmentationSpec | null): DataSpec => ({
    ...defaultDataSpec({ sample: 'digits', examples: 300, noise: 0.1, seed: 2 }),
    augmentation: given,
  });

  const start = async (given: AugmentationSpec | null, threads = 1, resume?: Parameters<typeof build>[2]) => {
    const trainer = createTrainer(createWasmEngine(() => Promise.resolve(kernels), threads));
    await build(trainer, given, resume);
    return trainer;
  };

  async function build(
    trainer: ReturnType<typeof createTrainer>,
    given: AugmentationSpec | null,
    resume?: ReturnType<typeof stateOf>,
  ): Promise<void> {
    const data = dataWith(given);
    value(await trainer.loadData(data, [], []));
    const suggested = value(trainer.suggestExperiment('digits'));
    const experiment: Experiment = { ...suggested, data, training: { ...suggested.training, epochs: 4 } };
    value(await trainer.build(experiment, resume));
  }

  const stateOf = (trainer: ReturnType<typeof createTrainer>) => value(trainer.snapshot()).state;

  it('has the same bits whatever the pauses, from any saved state and on any number of threads', async () => {
    const whole = await start(augmentation);
    value(whole.advance({ steps: 10_000 }));
    const pulled = await start(augmentation, 3);
    for (let call = 0; call < 200; call++) value(pulled.advance({ steps: 3 }));
    expect(stateOf(pulled)).toEqual(stateOf(whole));
    const broken = await start(augmentation);
    value(broken.advance({ steps: 10 }));
    const resumed = await start(augmentation, 1, stateOf(broken));
    value(resumed.advance({ steps: 10_000 }));
    expect(stateOf(resumed)).toEqual(stateOf(whole));
    expect(stateOf(whole).status).toBe('finished');
  });

  it('is another than without, and than with another seed, though it begins at the same losses', async () => {
    const losses = [];
    for (const given of [null, augmentation, { ...augmentation, seed: 6 }]) {
      const trainer = await start(given);
      value(trainer.advance({ steps: 10_000 }));
      losses.push(stateOf(trainer).history.map(({ dev }) => dev!.loss));
    }
    const [plain, varied, other] = losses as [number[], number[], number[]];
    expect(varied[0]).toBe(plain[0]);
    expect(varied[1]).not.toBe(plain[1]);
    expect(other[1]).not.toBe(varied[1]);
  });

  it('shows one training image and what four epochs make of it, and leaves all else of the data as it is', async () => {
    const trainer = createTrainer(createReferenceEngine('float32'));
    const plain = value(await trainer.loadData(dataWith(null), [], []));
    const varied = value(trainer.prepareData(dataWith(augmentation)));
    expect(plain.variants).toEqual([]);
    expect(varied.variants.map(({ length }) => length)).toEqual([256, 256, 256, 256, 256]);
    expect(new Set(varied.variants.map(String)).size).toBe(5);
    expect({ ...varied, variants: [] }).toEqual(plain);
  });

  it('is refused for a table, which stays as it was', async () => {
    const trainer = createTrainer(createReferenceEngine('float32'));
    const data = defaultDataSpec({ sample: 'iris', examples: 150, noise: 0, seed: 1 });
    value(await trainer.loadData(data, [], []));
    expect(trainer.prepareData({ ...data, augmentation })).toMatchObject({
      ok: false,
      problems: [{ code: 'data/augmentation-of-table', path: 'data.augmentation' }],
    });
    // All off is no augmentation.
    const off = { shift: 0, flip: 'none', rotate: 0, noise: 0, seed: 1 } as const;
    expect(trainer.prepareData({ ...data, augmentation: off })).toMatchObject({ ok: true });
  });

  it('counts the room of the varied images to the byte', () => {
    const plain = drawExamples();
    const compiled = compileWasm(request, kernels);
    compiled.bindExamples('train', { ...plain, variation });
    const counts = { train: COUNT, dev: 0, test: 0 };
    const footprint = wasmFootprint(request, { counts, images: true, weighted: true, varied: true });
    expect(footprint.bytes).toBe(compiled.memoryBytes);
    expect(wasmFootprint(request, { counts, images: true, weighted: true }).bytes).toBeLessThan(footprint.bytes);
    compiled.dispose();
  });
});
