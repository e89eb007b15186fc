import { expect, it } from 'vitest';
import { createCatalog } from '../../src-worker/catalog';
import { PLAIN_TRAINING } from '../../src-worker/experiment/defaults';
import type { TrainingSpec } from '../../src-worker/experiment/document';
import { describeTraining } from './training-words';

const plain: TrainingSpec = {
  ...PLAIN_TRAINING,
  optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.9 },
  batchSize: 1024,
  epochs: 1,
  seed: 1,
};

it('names what is always there, and nothing that is off', () => {
  expect(describeTraining(plain, createCatalog())).toBe('β 0.9 · batch 1,024 · 1 epoch');
});

it('names everything that is on', () => {
  const all: TrainingSpec = {
    ...plain,
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    epochs: 20,
    schedule: { kind: 'cosine', floor: 0, warmUp: 0 },
    l2: 0.01,
    l1: 0.001,
    clipNorm: 5,
    classWeights: 'balanced',
    earlyStopping: { patience: 10, minimumImprovement: 0 },
  };
  expect(describeTraining(all, createCatalog())).toBe(
    'batch 1,024 · 20 epochs · cosine · L2 0.01 · L1 0.001 · ‖g‖ ≤ 5 · balanced classes · stops after 10 epochs without gain',
  );
  expect(describeTraining({ ...plain, classWeights: { rare: 4 } }, createCatalog())).toContain('weighted classes');
});
