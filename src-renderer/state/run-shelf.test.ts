import { expect, it } from 'vitest';
import type { Experiment, RunState } from '../../src-worker/api';
import { NO_FILES } from './experiment.svelte';
import { RunShelf, structureOf } from './run-shelf';
import { PLAIN_TRAINING } from '../../src-worker/experiment/defaults';

const document: Experiment = {
  format: 'layerlab-experiment',
  version: 1,
  name: 'a',
  data: {
    source: { files: ['x.csv'], testFiles: [] },
    columns: {},
    missing: 'mean',
    scaling: 'standard',
    rare: 0,
    split: {
      method: 'shares',
      train: 0.7,
      dev: 0.15,
      test: 0.15,
      stratify: true,
      seed: 1,
      column: null,
      folds: 5,
      fold: 1,
    },
    augmentation: null,
    excluded: [],
    relabelled: {},
  },
  network: { layers: [], loss: 'logistic', seed: 1 },
  training: { optimizer: { kind: 'sgd', learningRate: 1 }, batchSize: 1, epochs: 1, ...PLAIN_TRAINING, seed: 1 },
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
  shelf.put({ document, files: NO_FILES, origin: 1 }, state);
  const renamed = { ...document, name: 'b', training: { ...document.training, epochs: 7 } };
  expect(shelf.take({ document: renamed, files: NO_FILES, origin: 1 })).toBe(state);
  expect(shelf.take({ document, files: NO_FILES, origin: 1 })).toBeUndefined();
});

it('does not take a file for another one of the same name', () => {
  const first = { files: [new File(['1'], 'x.csv')], testFiles: [] };
  const second = { files: [new File(['2'], 'x.csv')], testFiles: [] };
  expect(structureOf({ document, files: first, origin: 1 })).not.toBe(
    structureOf({ document, files: second, origin: 1 }),
  );
  expect(structureOf({ document, files: first, origin: 1 })).toBe(structureOf({ document, files: first, origin: 1 }));
});

it('counts the batch size and the seeds as structure', () => {
  const other = { ...document, training: { ...document.training, batchSize: 2 } };
  expect(structureOf({ document: other, files: NO_FILES, origin: 1 })).not.toBe(
    structureOf({ document, files: NO_FILES, origin: 1 }),
  );
});

it('keeps the four latest runs', () => {
  const shelf = new RunShelf();
  const subject = (seed: number) => ({
    document: { ...document, network: { ...document.network, seed } },
    files: NO_FILES,
    origin: 1,
  });
  for (let seed = 0; seed < 5; seed++) shelf.put(subject(seed), { ...state, step: seed });
  expect(shelf.take(subject(0))).toBeUndefined();
  expect(shelf.take(subject(1))?.step).toBe(1);
  expect(shelf.take(subject(4))?.step).toBe(4);
});

it('does not take an experiment begun anew for the old one', () => {
  const again = structureOf({ document, files: NO_FILES, origin: 2 });
  expect(again).not.toBe(structureOf({ document, files: NO_FILES, origin: 1 }));
});
