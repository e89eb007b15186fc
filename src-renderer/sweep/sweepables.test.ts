import { expect, it } from 'vitest';
import { createCatalog } from '../../src-worker/catalog';
import { parseExperiment } from '../../src-worker/experiment/parse';
import type { SweepPlan, SweptValue } from '../../src-worker/experiment/sweep/sweep-plan';
import type { Experiment } from '../../src-worker/api';
import { sweepables } from './sweepables';
import { pointDocument, withValues } from './with-values';

const catalog = createCatalog();
const around = { catalog, task: 'binary' } as const;

const parsed = parseExperiment({
  data: { source: { sample: 'digits' } },
  network: {
    layers: [
      {
        kind: 'conv2d',
        filters: 4,
        kernel: 3,
        activation: 'relu',
        initializer: { kind: 'normal', mean: 0, deviation: 0.1 },
      },
      { kind: 'max-pool2d', size: 2 },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'dense', units: 8, enabled: false },
      { kind: 'dense', units: 10, activation: 'softmax' },
    ],
  },
  training: { optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.8 }, earlyStopping: {} },
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const document = parsed.value;

const list = sweepables(document, catalog, 'binary');
const at = (path: string) => list.find((each) => each.path === path);

function setting(path: string): SweepPlan['settings'][number] {
  return { kind: 'choice', path, label: at(path)?.label ?? path, options: [] };
}

function changed(...pairs: readonly (readonly [path: string, value: SweptValue])[]): Experiment {
  const outcome = withValues(
    document,
    pairs.map(([path]) => setting(path)),
    pairs.map(([, value]) => value),
    around,
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

it('offers every number and choice of the training and of the layers that are on, by names of their own', () => {
  expect(list[0]).toMatchObject({ path: 'training.optimizer.learningRate', label: 'Learning rate', value: 0.1 });
  const paths = list.map(({ path }) => path);
  for (const path of [
    ...['training.optimizer.beta', 'training.optimizer.kind', 'training.batchSize', 'training.epochs', 'training.l2'],
    ...['training.l1', 'training.clipNorm', 'training.seed', 'training.classWeights', 'training.schedule.kind'],
    ...['training.earlyStopping.patience', 'network.seed', 'network.layers[0].filters', 'network.layers[0].kernel'],
    ...['network.layers[0].padding', 'network.layers[0].activation', 'network.layers[0].initializer.kind'],
    ...['network.layers[0].initializer.deviation', 'network.layers[2].rate', 'network.layers[4].units'],
  ]) {
    expect(paths).toContain(path);
  }
  expect(paths.some((path) => path.startsWith('network.layers[3]'))).toBe(false);
  expect(new Set(paths).size).toBe(paths.length);
  expect(new Set(list.map(({ label }) => label)).size).toBe(list.length);
});

it('offers no class weights where there are no classes', () => {
  const paths = sweepables(document, catalog, 'regression').map(({ path }) => path);
  expect(paths).not.toContain('training.classWeights');
});

it('reads from the document what it writes into it', () => {
  for (const { path, range, value, set } of list) {
    const other = Array.isArray(range)
      ? range.find((option: { value: string }) => option.value !== value)!.value
      : Number(value) / 2;
    const again = sweepables(set(other), catalog, 'binary').find((each) => each.path === path);
    expect([path, again?.value]).toEqual([path, other]);
    expect(sweepables(set(value), catalog, 'binary').find((each) => each.path === path)?.value).toBe(value);
  }
});

it('lets the stride of a pool follow its size', () => {
  expect(changed(['network.layers[1].size', 4]).network.layers[1]).toMatchObject({ size: 4, stride: 4 });
});

it('puts the kind in before its numbers, in whatever order they stand', () => {
  const { optimizer } = changed(['training.optimizer.learningRate', 0.5], ['training.optimizer.kind', 'adam']).training;
  expect(optimizer).toMatchObject({ kind: 'adam', learningRate: 0.5 });
});

it('says where another kind has no such setting', () => {
  const outcome = withValues(
    document,
    [setting('training.optimizer.beta'), setting('training.optimizer.kind')],
    [0.5, 'adam'],
    around,
  );
  expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'sweep/no-such-setting' }] });
});

it('gives a point the epochs of the plan, unless they are swept', () => {
  const plan: SweepPlan = { method: 'grid', settings: [setting('training.seed')], draws: 1, seed: 1, epochs: 7 };
  expect(pointDocument(document, plan, [5], around)).toMatchObject({ value: { training: { epochs: 7, seed: 5 } } });
  const swept = { ...plan, settings: [setting('training.epochs')] };
  expect(pointDocument(document, swept, [3], around)).toMatchObject({ value: { training: { epochs: 3 } } });
});
