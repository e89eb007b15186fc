import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import type { FeatureTransform, ModelSnapshot, RawRow } from '../../../src-worker/api';
import { daysOfText } from '../../../src-worker/data/date-reading';
import { decodeOutputs, encodeRows } from '../../../src-worker/inference';
import { compileReference } from '../../../src-worker/network';
import { createRandom } from '../../../src-worker/random';
import { makeModel, numberFeature } from '../../testing/models';
import { exportedBytes } from '../../testing/exports';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Each type of feature, in every way that a hole or an unknown value may be answered. */
const features: readonly FeatureTransform[] = [
  numberFeature('mass', 4201, 0.00125, 4100),
  { column: 'rainy', type: 'boolean', no: 'no', yes: 'yes', fill: 0.3125 },
  { column: 'is_weekend', type: 'boolean', no: '0', yes: '1', fill: 0 },
  { column: 'island', type: 'category', categories: ['Biscoe', 'Dream'], other: false, fill: null },
  { column: 'ship', type: 'category', categories: ['Gould', 'Endurance'], other: true, fill: 'Gould' },
  { column: 'port', type: 'category', categories: ['Ushuaia'], other: true, fill: null },
  { column: 'crew', type: 'category', categories: ['a', 'b', 'c'], other: true, fill: 'too rare' },
  { column: 'camp', type: 'category', categories: ['x', 'y'], other: false, fill: 'y' },
  {
    column: 'seen',
    type: 'date',
    dates: { order: 'day-first', numbers: 'milliseconds' },
    offset: 19_723.4,
    scale: 1 / 210.7,
    fill: 19_800.25,
    cycles: ['day', 'week', 'year'],
  },
  {
    column: 'born',
    type: 'date',
    dates: { order: 'month-first', numbers: 'milliseconds' },
    offset: -3000,
    scale: 0.001,
    fill: -2000,
    cycles: [],
  },
];

const pools: Readonly<Record<string, readonly (string | null)[]>> = {
  mass: ['3750', '4200.5', '6300', '', null, 'NA'],
  rainy: ['yes', 'no', 'Yes', 'NO', 'yEs', 'YeS', 'nO', '', null, 'NA', 'n/a', 'NaN'],
  is_weekend: ['0', '1', '1.0', '0.0', '', null],
  island: ['Biscoe', 'Dream', 'Torgersen', '', null, 'NA', '?'],
  ship: ['Gould', 'Endurance', 'Polarstern', '', null, 'null', '-'],
  port: ['Ushuaia', 'Hobart', '', null, 'None'],
  crew: ['a', 'b', 'c', 'd', '', null, 'nan'],
  camp: ['x', 'y', 'z', '', null, 'missing'],
  seen: ['2024-01-01', '2023-12-31T23:59:59.999', '5.3.2024 06:30', '1969-07-20 20:17:40', '2106-02-07', '', null],
  born: ['3/5/1961', '12/31/1899', '1/1/1970 12:00', 'July 4, 1776', '', null],
};

function drawRows(count: number): readonly RawRow[] {
  const random = createRandom(5);
  return Array.from({ length: count }, () =>
    Object.fromEntries(Object.entries(pools).map(([column, pool]) => [column, pool[random.integer(pool.length)]!])),
  );
}

/** What someone who holds the file feeds for a row: text as it is, numbers and days as numbers, NaN for a hole. */
function feed(feature: FeatureTransform, rows: readonly RawRow[]): ort.Tensor {
  const cells = rows.map((row) => row[feature.column] ?? null);
  const shape = [rows.length, 1];
  const number = (cell: string | number | null): number =>
    cell === null || cell === 'NA' || cell === '' ? NaN : Number(cell);
  switch (feature.type) {
    case 'number':
      return new ort.Tensor('float32', Float32Array.from(cells, number), shape);
    case 'date': {
      const days = cells.map((cell) => (cell === null ? NaN : daysOfText(String(cell), NaN, feature.dates)));
      return new ort.Tensor('float64', Float64Array.from(days), shape);
    }
    case 'category':
    case 'boolean':
      return new ort.Tensor(
        'string',
        cells.map((cell) => String(cell ?? '')),
        shape,
      );
  }
}

async function answersOf(model: ModelSnapshot, rows: readonly RawRow[]): Promise<Record<string, ort.Tensor>> {
  const session = await ort.InferenceSession.create(await exportedBytes('onnx', model), {
    executionProviders: ['wasm'],
  });
  const feeds = Object.fromEntries(model.preprocessing.features.map((each) => [each.column, feed(each, rows)]));
  return (await session.run(feeds)) as Record<string, ort.Tensor>;
}

function appAnswers(model: ModelSnapshot, rows: readonly RawRow[]) {
  const { preprocessing, experiment, state } = model;
  const { network, training } = experiment;
  const engine = compileReference({ network, training, inputShape: preprocessing.inputShape }, 'float64');
  engine.setParameters(state.parameters);
  const yHat = engine.predict(encodeRows(preprocessing, rows), rows.length);
  return { yHat, predictions: decodeOutputs(preprocessing, yHat, rows.length) };
}

describe('ONNX and app give the same answers within 1e-5 and the same classes from the same raw rows', () => {
  test.each(features.map((feature): [string, FeatureTransform] => [`${feature.type} ${feature.column}`, feature]))(
    'with only the %s',
    async (_name, feature) => {
      // A second feature beside it, since a file of numbers alone takes them together.
      const all = feature.type === 'number' ? [feature, features[1]!] : [feature];
      await compare(makeModel({ features: all, activations: ['identity', 'softmax'], seed: 2 }), drawRows(60));
    },
  );

  test.each([1, 2, 3])('with all of them, and random weights %i', async (seed) => {
    await compare(makeModel({ features, activations: ['tanh', 'softmax'], hidden: 8, seed }), drawRows(200));
  });
});

async function compare(model: ModelSnapshot, rows: readonly RawRow[]): Promise<void> {
  const { yHat, predictions } = appAnswers(model, rows);
  const { probabilities, label } = await answersOf(model, rows);
  const found = probabilities!.data as Float32Array;
  expect(found).toHaveLength(yHat.length);
  const worst = Float64Array.from(yHat).reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
  expect(worst).toBeLessThan(1e-5);
  expect(label!.data).toEqual(predictions.map(({ answer }) => answer));
}
