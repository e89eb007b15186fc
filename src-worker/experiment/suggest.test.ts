import { describe, expect, it } from 'vitest';
import type { DataSpec, Outcome } from '../api';
import { createWasmEngine } from '../engines';
import { loadBuiltKernels } from '../testing/load-kernels';
import { createTrainer } from '../trainer';
import { defaultDataSpec } from './defaults';
import type { SampleKind } from './document';
import { parseExperiment } from './parse';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Trains what is suggested for a sample, untouched; how it does on the dev part. */
async function trainSuggested(spec: DataSpec, seed: number, epochs?: number) {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  unwrap(await trainer.loadData(spec, [], []));
  const experiment = unwrap(trainer.suggestExperiment('test'));
  expect(parseExperiment(experiment)).toEqual({ ok: true, value: experiment });
  const training = { ...experiment.training, ...(epochs === undefined ? {} : { epochs }) };
  unwrap(await trainer.build({ ...experiment, network: { ...experiment.network, seed }, training }));
  const { status } = unwrap(trainer.advance({ steps: 1e6 }));
  return { experiment, status, dev: unwrap(trainer.evaluate()).dev! };
}

const sample = (kind: SampleKind, examples: number, noise: number, seed: number): DataSpec =>
  defaultDataSpec({ sample: kind, examples, noise, seed });

describe.each([1, 2, 3, 4, 5])('the suggested network, with seed %i', (seed) => {
  it('learns the flower: 2 inputs, 6 tanh units, 1 sigmoid, more than 85 % of the dev part', async () => {
    const { experiment, status, dev } = await trainSuggested(sample('flower', 400, 0.1, seed), seed);
    expect(experiment.network.layers).toMatchObject([
      { kind: 'dense', units: 6, activation: 'tanh' },
      { kind: 'dense', units: 1, activation: 'sigmoid' },
    ]);
    expect(status).toBe('finished');
    expect(dev.accuracy).toBeGreaterThan(0.85);
  });

  it('learns the circles and the line', async () => {
    expect((await trainSuggested(sample('circles', 400, 0.1, seed), seed)).dev.accuracy).toBeGreaterThan(0.95);
    expect((await trainSuggested(sample('line', 200, 0.1, seed), seed)).dev.rmse).toBeLessThan(0.15);
  });
});

it('learns the moons, the spirals, the irises and the digits', async () => {
  expect((await trainSuggested(sample('moons', 400, 0.1, 1), 1)).dev.accuracy).toBeGreaterThan(0.95);
  expect((await trainSuggested(sample('spirals', 400, 0.02, 1), 1)).dev.accuracy).toBeGreaterThan(0.95);
  expect((await trainSuggested(sample('iris', 150, 0, 1), 1)).dev.accuracy).toBeGreaterThan(0.9);
  expect((await trainSuggested(sample('digits', 1000, 0.05, 1), 1)).dev.accuracy).toBeGreaterThan(0.95);
});

it('takes convolutions for pictures in colour, and finds the soccer ball with them', async () => {
  const spec = sample('soccer-ball', 600, 0.03, 1);
  const { experiment, status, dev } = await trainSuggested(spec, 1, 12);
  const kinds = experiment.network.layers.map(({ kind }) => kind);
  expect(kinds).toEqual(['conv2d', 'max-pool2d', 'conv2d', 'max-pool2d', 'dense', 'dense']);
  expect(status).toBe('finished');
  expect(dev.accuracy).toBeGreaterThan(0.75);
}, 60_000);

it('fits batch and epochs to very few and to many examples', async () => {
  const few = (await trainSuggested(sample('blobs', 10, 0.1, 1), 1)).experiment.training;
  expect(few.batchSize).toBe(7);
  const many = (await trainSuggested(sample('blobs', 20_000, 0.1, 1), 1)).experiment.training;
  expect([many.batchSize, many.epochs]).toEqual([32, 10]);
});
