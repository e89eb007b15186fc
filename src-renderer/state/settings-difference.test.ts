import { expect, it } from 'vitest';
import { startSession } from '../testing/session';
import { differences, formatSetting } from './settings-difference';

it('names every setting in which runs differ, and no other', async () => {
  const { document } = (await startSession()).experiment;
  expect(differences([document, { ...document, name: 'other' }])).toEqual([]);
  const { network, training } = document;
  const fewer = { ...document, network: { ...network, layers: network.layers.slice(1) } };
  const slower = {
    ...document,
    training: { ...training, batchSize: 1024, earlyStopping: { patience: 3, minimumImprovement: 0 } },
  };
  const found = new Map(differences([document, slower, fewer]).map(({ path, values }) => [path, values]));
  expect(found.get('training.batchSize')).toEqual(['16', '1,024', '16']);
  expect(found.get('training.earlyStopping')).toEqual(['none', '–', 'none']);
  expect(found.get('training.earlyStopping.patience')).toEqual(['–', '3', '–']);
  expect(found.get('network.layers[1].units')).toEqual(['1', '1', '–']);
  expect(found.has('network.seed')).toBe(false);
});

it('writes numbers with every digit, huge and tiny ones as powers', () => {
  expect([0.015, 4096, 1e12, 2e-9, true].map(formatSetting)).toEqual(['0.015', '4,096', '1e12', '2e-9', 'true']);
});
