import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { startSession } from '../testing/session';
import type { RunRecord } from './run-record';
import { runsToCsv } from './runs-csv';

const NO_METRICS = {
  ...{ accuracy: null, 'top-k': null, precision: null, recall: null, f1: null },
  ...{ auc: null, rmse: null, mae: null, r2: null },
};

it('puts every run on a line, with its last numbers and settings, inert in a spreadsheet', async () => {
  const { document } = (await startSession()).experiment;
  const run: RunRecord = {
    ...{ document, path: [], marks: [], epoch: 2, step: 8, outcome: 'finished', best: null },
    ...{ number: 1, name: '=HYPERLINK("http://x")', pinned: false, overlaid: false, parent: null, era: -1 },
    records: [{ epoch: 2, step: 8, train: { ...NO_METRICS, loss: -0.1 + 0.2, accuracy: 0.5 }, dev: null }],
    evaluations: null,
  };
  const slower = {
    ...document,
    training: { ...document.training, optimizer: { ...document.training.optimizer, learningRate: 1e-7 } },
  };
  const other: RunRecord = {
    ...run,
    ...{ number: 2, name: 'a, "b"\nc', document: slower, parent: { number: 1, epoch: 1 } },
    evaluations: { train: { ...NO_METRICS, loss: 1, accuracy: -0.25 }, dev: null, test: { ...NO_METRICS, loss: 3 } },
  };
  const { data } = Papa.parse<Record<string, string>>(runsToCsv([run, other]).trimEnd(), { header: true });
  expect(data).toHaveLength(2);
  const [first, second] = data as [Record<string, string>, Record<string, string>];
  expect(first['name']).toBe(`'=HYPERLINK("http://x")`);
  expect(Number(first['train loss'])).toBe(-0.1 + 0.2);
  expect([first['test loss'], second['test loss'], second['train accuracy']]).toEqual(['', '3', '-0.25']);
  expect(second['name']).toBe('a, "b"\nc');
  expect([first['from run'], second['from run']]).toEqual(['', '1']);
  expect(second['training.optimizer.learningRate']).toBe('1e-7');
  expect(first['network.layers[0].units']).toBe(String((document.network.layers[0] as { units: number }).units));
  expect(Object.keys(first)).not.toContain('dev loss');
});
