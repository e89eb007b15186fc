import { expect, it } from 'vitest';
import type { Experiment, RunState } from '../../src-worker/api';
import { NO_FILES } from './experiment.svelte';
import { otherData, RunShelf, structureOf } from './run-shelf';

const document: Experiment = {
  format: 'layerlab-experiment',
  version: 1,
  name: 'a',
  data: {
    source: { files: ['x.csv'], testFiles: [] },
    columns: {},
    missing: 'mean',
    scaling: 'standard',
    split: { train: 0.7, dev: 0.15, test: 0.15, stratify: true, seed: 1 },
  },
  network: { layers: [], loss: 'logistic', seed: 1 },
  training: { optimizer: { kind: 'sgd', learningRate: 1 }, batchSize: 1, epochs: 1, l2: 0, seed: 1 },
};
const state: RunState = {
  parameters: [],
  optimizer: [],
  epoch: 3,
  step: 9,
  batchInEpoch: 0,
  status: 'ready',
  history: [],
};

it('finds a run again after live settings and the name changed, and hands it out once', () => {
  const shelf = new RunShelf();
  shelf.put({ document, files: NO_FILES }, state);
  const renamed = { ...document, name: 'b', training: { ...document.training, epochs: 7 } };
  expect(shelf.take({ document: renamed, files: NO_FILES })).toBe(state);
  expect(shelf.take({ document, files: NO_FILES })).toBeUndefined();
});

it('does not take a file for another one of the same name', () => {
  const first = { files: [new File(['1'], 'x.csv')], testFiles: [] };
  const second = { files: [new File(['2'], 'x.csv')], testFiles: [] };
  expect(structureOf({ document, files: first })).not.toBe(structureOf({ document, files: second }));
  expect(structureOf({ document, files: first })).toBe(structureOf({ document, files: first }));
});

it('counts the batch size and the seeds as structure', () => {
  const other = { ...document, training: { ...document.training, batchSize: 2 } };
  expect(structureOf({ document: other, files: NO_FILES })).not.toBe(structureOf({ document, files: NO_FILES }));
});

it('keeps the four latest runs', () => {
  const shelf = new RunShelf();
  const subject = (seed: number) => ({
    document: { ...document, network: { ...document.network, seed } },
    files: NO_FILES,
  });
  for (let seed = 0; seed < 5; seed++) shelf.put(subject(seed), { ...state, step: seed });
  expect(shelf.take(subject(0))).toBeUndefined();
  expect(shelf.take(subject(1))?.step).toBe(1);
  expect(shelf.take(subject(4))?.step).toBe(4);
});

it('tells other data from the same data with other settings', () => {
  const files = { files: [new File(['1'], 'x.csv')], testFiles: [] };
  const sample = (kind: 'xor' | 'flower', noise: number) => ({
    document: { ...document, data: { ...document.data, source: { sample: kind, examples: 8, noise, seed: 1 } } },
    files: NO_FILES,
  });
  expect(otherData(sample('xor', 0), sample('xor', 1))).toBe(false);
  expect(otherData(sample('xor', 0), sample('flower', 0))).toBe(true);
  expect(otherData(sample('xor', 0), { document, files })).toBe(true);
  expect(otherData({ document, files }, { document: { ...document, name: 'b' }, files })).toBe(false);
  expect(otherData({ document, files }, { document, files: { ...files } })).toBe(true);
});
