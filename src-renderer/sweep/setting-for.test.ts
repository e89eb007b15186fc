import { expect, it } from 'vitest';
import { createCatalog } from '../../src-worker/catalog';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { gridValues } from '../../src-worker/experiment/sweep/sweep-points';
import { settingFor } from './setting-for';
import { sweepables } from './sweepables';

const parsed = parseExperiment({
  data: { source: { sample: 'flower' } },
  network: {
    layers: [
      { kind: 'dense', units: 6 },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'dense', units: 1, activation: 'sigmoid' },
    ],
  },
  training: { optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.9 } },
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const list = sweepables(parsed.value, createCatalog(), 'binary');

it.each([
  ['training.optimizer.learningRate', [0.01, 0.0316, 0.1, 0.316, 1]],
  ['training.optimizer.beta', [0.45, 0.7, 0.95]],
  ['training.batchSize', [8, 16, 32, 64, 128]],
  ['training.l2', [0.0001, 0.001, 0.01, 0.1]],
  ['training.seed', [1, 2, 3, 4, 5]],
  ['network.layers[0].units', [3, 6, 9, 12]],
  ['network.layers[1].rate', [0.25, 0.5, 0.75]],
  ['training.classWeights', ['none', 'balanced']],
])('sweeps %s at first over %j', (path, values) => {
  expect(gridValues(settingFor(list.find((each) => each.path === path)!))).toEqual(values);
});
