import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { epochOrder } from '../../../src-worker/batches';
import { createRandom } from '../../../src-worker/random';
import { isRunHistory, parseRunHistory } from '../../../src-worker/experiment/run-history';
import { distributedGrid } from '../../testing/distributed-grid';
import { exportFolder, lossDifference, trainInApp, type Recipe } from '../../testing/distributed-runs';
import { exportedFiles } from '../../testing/exports';
import { findPython } from '../../testing/find-python';
import { makeModel } from '../../testing/models';
import { ORDER_SCRIPT } from './order-script';

const torch = findPython('torch');
const numpy = findPython('numpy');

const classes = (training: object, layers: readonly object[] = []): Recipe => ({
  data: { source: { sample: 'blobs', examples: 150, noise: 0.8, seed: 3, classes: 3 } },
  network: {
    layers: [
      { kind: 'dense', units: 6, activation: 'tanh' },
      ...layers,
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
    loss: 'cross-entropy',
  },
  training: { batchSize: 16, epochs: 4, seed: 11, ...training },
});

const numbers: Recipe = {
  data: { source: { sample: 'sine', examples: 120, noise: 0.1, seed: 2 } },
  network: {
    layers: [
      { kind: 'dense', units: 8, activation: 'gelu' },
      { kind: 'dense', units: 1, activation: 'identity' },
    ],
    loss: 'squared',
  },
  training: {
    ...{ optimizer: { kind: 'adamw', weightDecay: 0.1, learningRate: 0.02 }, batchSize: 25, epochs: 30 },
    ...{
      schedule: { kind: 'reduce-on-plateau', patience: 1 },
      earlyStopping: { patience: 2, minimumImprovement: 0.002 },
    },
  },
};

const digits: Recipe = {
  data: { source: { sample: 'digits', examples: 120, noise: 0.1, seed: 2 } },
  network: {
    layers: [
      { kind: 'conv2d', filters: 3, kernel: 3, activation: 'relu' },
      { kind: 'batch-norm' },
      { kind: 'max-pool2d' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10, activation: 'softmax' },
    ],
    loss: 'cross-entropy',
  },
  training: { optimizer: { kind: 'momentum' }, batchSize: 32, epochs: 2 },
};

test.skipIf(numpy === null)('order.py gives the order of the app', () => {
  const random = createRandom(1, 'cases');
  const cases = Array.from(
    { length: 20 },
    () => [random.integer(2 ** 31), 1 + random.integer(50), 1 + random.integer(300)] as const,
  );
  const script = `${ORDER_SCRIPT}\nimport json, sys\nprint(json.dumps([epoch_order(*case).tolist() for case in json.loads(sys.argv[1])]))`;
  const text = execFileSync(numpy!, ['-c', script, JSON.stringify(cases)], { encoding: 'utf8' });
  expect(JSON.parse(text)).toEqual(cases.map(([seed, epoch, examples]) => [...epochOrder(seed, epoch, examples)]));
});

describe.skipIf(torch === null)('one process trains as the app does: losses of every epoch within 1e-4', () => {
  const schedule = { kind: 'cosine', warmUp: 1 };
  test.each([
    [
      'momentum, cosine with warm-up, L1, L2, clipping, class weights, batch norm',
      classes({ schedule, l1: 0.001, l2: 0.01, clipNorm: 0.5, classWeights: 'balanced' }, [{ kind: 'batch-norm' }]),
      4,
    ],
    ['AdamW, plateaus and early stopping of a regression', numbers, null],
    ['images as bytes through a convolution', digits, 2],
  ])('%s', { timeout: 300_000 }, async (_name, recipe, epochs) => {
    const run = await trainInApp(recipe);
    const own = run.model.state.history;
    const exported = await exportFolder(run);
    const { history, outcome } = exported.train(torch!, 1);
    exported.remove();
    expect(lossDifference(own, history)).toBeLessThan(1e-4);
    expect(outcome).toBe(run.model.state.stopped === 'early' ? 'early' : 'finished');
    if (epochs !== null) expect(history).toHaveLength(epochs + 1);
    const [mine, theirs] = [own.at(-1)!, history.at(-1)!];
    expect(theirs.learningRate).toBeCloseTo(mine.learningRate!, 10);
    expect(theirs.gradientNorm).toBeCloseTo(mine.gradientNorm!, 4);
    for (const metric of ['accuracy', 'rmse', 'mae', 'r2'] as const) {
      if (mine.train[metric] === null) expect(theirs.train[metric]).toBeNull();
      else expect(theirs.train[metric]).toBeCloseTo(mine.train[metric], 4);
    }
  });
});

/** A sample of distributed.heavy.ts, which has every optimizer under every schedule. */
describe.skipIf(torch === null)('one process trains as the app does, also', () => {
  const some = distributedGrid().filter((_, n) => n % 15 === 8);
  test.each(some)('%s', { timeout: 300_000 }, async (_name, recipe) => {
    const run = await trainInApp(recipe);
    const exported = await exportFolder(run);
    const { history } = exported.train(torch!, 1);
    exported.remove();
    expect(lossDifference(run.model.state.history, history)).toBeLessThan(1e-4);
  });
});

describe.skipIf(torch === null)('several processes', () => {
  test('make the updates that one makes, and go on from a checkpoint', { timeout: 600_000 }, async () => {
    const run = await trainInApp(classes({ optimizer: { kind: 'adam' }, epochs: 3 }, [{ kind: 'batch-norm' }]));
    const exported = await exportFolder(run);
    exported.train(torch!, 2, ['--epochs', '2']);
    const { history, text } = exported.train(torch!, 2, ['--resume', '--epochs', '3']);
    exported.remove();
    expect(lossDifference(run.model.state.history, history)).toBeLessThan(1e-4);
    expect(isRunHistory(text)).toBe(true);
    const read = parseRunHistory(text, 'history.json');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(read.value).toMatchObject({ epoch: 3, outcome: 'finished', records: history });
    expect(read.value.by).toMatch(/^PyTorch .*, 2 processes$/);
    expect(read.value.experiment).toEqual(run.model.experiment);
  });

  test('go on from the middle of an epoch of the app', { timeout: 300_000 }, async () => {
    const recipe = classes({ optimizer: { kind: 'momentum' } });
    const whole = await trainInApp(recipe);
    const exported = await exportFolder(await trainInApp(recipe, 17), 'now');
    const { history } = exported.train(torch!, 1);
    exported.remove();
    expect(lossDifference(whole.model.state.history, history)).toBeLessThan(1e-4);
  });
});

test('a run that diverged goes on from its last finite losses', async () => {
  const data = {
    train: { count: 2, x: Float32Array.of(0, 1, 2, 3), y: Float32Array.of(1, 0, 0, 0, 1, 0), weights: null },
    ...{ dev: null, test: null },
  };
  const model = makeModel();
  expect(model.state.history.map(({ train }) => train.loss)).toEqual([-0, Infinity, NaN]);
  const files = await exportedFiles('pytorch-distributed', model, undefined, { start: 'now' }, data);
  const start = new TextDecoder().decode(files.find(({ name }) => name === 'start.json')!.bytes);
  const { history } = JSON.parse(start) as { history: readonly { epoch: number; train: { loss: number } }[] };
  expect(history.map(({ epoch, train }) => [epoch, train.loss])).toEqual([[0, 0]]);
});

test('images that are varied while it trains are refused before', async () => {
  const run = await trainInApp(digits, 1);
  const { experiment } = run.model;
  const augmentation = { shift: 1, flip: 'none', rotate: 0, noise: 0, seed: 1 } as const;
  const varied = { ...run.model, experiment: { ...experiment, data: { ...experiment.data, augmentation } } };
  const { pytorchDistributed } = await import('.');
  expect(pytorchDistributed.cannotHold(varied, {})[0]?.code).toBe('export/varied-images');
  expect(pytorchDistributed.cannotHold(run.model, {})).toEqual([]);
});
