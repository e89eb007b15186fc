import { describe, expect, it } from 'vitest';
import type { DataSummary, Experiment, Outcome } from '../../api';
import { createWasmEngine } from '../../engines';
import { loadBuiltKernels } from '../../testing/load-kernels';
import { createTrainer } from '../../trainer';
import { defaultDataSpec } from '../defaults';
import type { DataSpec, SampleKind } from '../document';
import { parseExperiment } from '../parse';
import { applyPreset, presets, type PresetKind } from '.';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const sample = (kind: SampleKind, examples: number, noise: number): DataSpec =>
  defaultDataSpec({ sample: kind, examples, noise, seed: 1 });

const dataOf = ({ task, classes, inputShape }: DataSummary) => ({ task, classes: classes.length, inputShape });

async function startOn(spec: DataSpec) {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  const data = dataOf(unwrap(await trainer.loadData(spec, [], [])));
  return { trainer, data, suggested: unwrap(trainer.suggestExperiment('test')) };
}

async function trained(kind: PresetKind, spec: DataSpec, epochs?: number) {
  const { trainer, data, suggested } = await startOn(spec);
  expect(presets[kind].unfit(data)).toBeNull();
  const applied = applyPreset(suggested, kind, data);
  const training = { ...applied.training, ...(epochs === undefined ? {} : { epochs }) };
  const experiment: Experiment = { ...applied, training };
  expect(parseExperiment(experiment)).toEqual({ ok: true, value: experiment });
  expect(trainer.inspect(experiment)).toMatchObject({ ready: true, problems: [] });
  unwrap(await trainer.build(experiment));
  expect(unwrap(trainer.advance({ steps: 1e6 })).status).toBe('finished');
  return { experiment, dev: unwrap(trainer.evaluate()).dev! };
}

const shapeOf = ({ network }: Experiment): string =>
  network.layers.map((layer) => ('units' in layer ? layer.units : layer.kind)).join('-');

describe('every preset learns its natural sample', () => {
  it('logistic regression two blobs, and the irises with softmax', async () => {
    const two = await trained('logistic-regression', sample('blobs', 300, 0.1));
    expect(two.dev.accuracy).toBeGreaterThan(0.9);
    const three = await trained('logistic-regression', sample('iris', 150, 0));
    expect(three.experiment.network).toMatchObject({ loss: 'cross-entropy', layers: [{ activation: 'softmax' }] });
    expect(three.dev.accuracy).toBeGreaterThan(0.9);
  });

  it('linear regression the line', async () => {
    const { experiment, dev } = await trained('linear-regression', sample('line', 200, 0.1));
    expect(experiment.network).toMatchObject({ loss: 'squared', layers: [{ units: 1, activation: 'identity' }] });
    expect(dev.rmse).toBeLessThan(0.15);
  });

  it('the planar network the flower, with 17 parameters', async () => {
    const { experiment, dev } = await trained('planar', sample('flower', 400, 0.1));
    expect(shapeOf(experiment)).toBe('4-1');
    expect(dev.accuracy).toBeGreaterThan(0.8);
  });

  it('one hidden layer the moons, and the sine as a number', async () => {
    expect((await trained('one-hidden-layer', sample('moons', 400, 0.1))).dev.accuracy).toBeGreaterThan(0.95);
    expect((await trained('one-hidden-layer', sample('sine', 300, 0.1))).dev.r2).toBeGreaterThan(0.8);
  });

  it('the deep dense network the spirals', async () => {
    expect((await trained('deep-dense', sample('spirals', 600, 0.02))).dev.accuracy).toBeGreaterThan(0.9);
  });

  it('LeNet the digits', async () => {
    const { experiment, dev } = await trained('lenet', sample('digits', 600, 0.05), 12);
    expect(shapeOf(experiment)).toBe('conv2d-avg-pool2d-conv2d-avg-pool2d-120-84-10');
    expect(dev.accuracy).toBeGreaterThan(0.9);
  }, 60_000);
});

it('says why where it does not suit, and fits everywhere else', async () => {
  const specs = [
    sample('flower', 60, 0.1),
    sample('line', 60, 0.1),
    sample('iris', 150, 0),
    sample('digits', 60, 0.05),
    sample('soccer-ball', 60, 0.03),
  ];
  const unfit = new Set<string>();
  for (const spec of specs) {
    const { trainer, data, suggested } = await startOn(spec);
    for (const kind of Object.keys(presets) as PresetKind[]) {
      const reason = presets[kind].unfit(data);
      if (reason === null) expect(trainer.inspect(applyPreset(suggested, kind, data)).ready, kind).toBe(true);
      else unfit.add(`${kind}: ${reason}`);
    }
  }
  expect([...unfit].sort()).toEqual([
    'lenet: For images of at least 12 × 12.',
    'linear-regression: For numbers; the target is a class.',
    'logistic-regression: For classes; the target is a number.',
    'planar: For two inputs and two classes.',
  ]);
});

it('keeps data, training and seed', async () => {
  const { data, suggested } = await startOn(sample('flower', 60, 0.1));
  const given = { ...suggested, network: { ...suggested.network, seed: 9 } };
  const applied = applyPreset(given, 'deep-dense', data);
  expect(applied).toEqual({ ...given, network: { ...applied.network, seed: 9 } });
});
