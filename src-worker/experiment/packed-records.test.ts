import { expect, test } from 'vitest';
import type { EpochRecord, Metrics } from '../api';
import { packRecords, RecordsPacker, unpackRecords } from './packed-records';

const NONE: Metrics = {
  ...{ loss: 0, accuracy: null, 'top-k': null, precision: null, recall: null },
  ...{ f1: null, auc: null, rmse: null, mae: null, r2: null },
};

const records: readonly EpochRecord[] = [
  { epoch: 0, step: 0, train: { ...NONE, loss: -0, accuracy: 0.5 }, dev: { ...NONE, loss: 1 / 3, 'top-k': 1 } },
  { epoch: 1, step: 8, train: { ...NONE, loss: Infinity, rmse: -Infinity }, dev: null, learningRate: 0.1 },
  { epoch: 2, step: 16, train: { ...NONE, loss: NaN, r2: NaN }, dev: null, learningRate: 0.1, gradientNorm: NaN },
];

test('every number, and what is not there, survives', () => {
  expect(unpackRecords(packRecords(records))).toStrictEqual(records);
  expect(unpackRecords(packRecords([]))).toEqual([]);
});

test('what is added is packed behind what was there, and another curve from its beginning', () => {
  const packer = new RecordsPacker();
  for (const count of [1, 2, 3, 3]) {
    expect(unpackRecords(packer.pack(records.slice(0, count)))).toStrictEqual(records.slice(0, count));
  }
  const others = records.map((record) => ({ ...record, step: record.step + 1 }));
  expect(unpackRecords(packer.pack(others))).toStrictEqual(others);
  expect(unpackRecords(packer.pack(others.slice(0, 1)))).toStrictEqual(others.slice(0, 1));
  // What was handed out is the receiver's own.
  const first = packer.pack(others.slice(0, 1));
  first.values.fill(7);
  expect(unpackRecords(packer.pack(others))).toStrictEqual(others);
});
