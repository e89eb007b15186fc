import fc from 'fast-check';
import type { FeatureTransform, ModelSnapshot, Preprocessing, Proof, RawInputs } from '../../src-worker/api';
import type { ActivationKind } from '../../src-worker/experiment/document';
import { widthOf } from '../../src-worker/data/features';
import { drawInputs, encodeRaw } from '../../src-worker/proof';
import { createRandom, type Random } from '../../src-worker/random';
import { resolveNetwork } from '../../src-worker/shape';
import { sizeOf, type Shape } from '../../src-worker/tensor';
import { activationKinds, lossOutputs, networkCases, type NetworkCase } from '../../src-worker/testing/arbitrary';
import { createEngine } from '../cli/engines';
import { makeModel, numberFeature } from './models';

/** Models that between them have every kind of layer, activation, loss, column and answer. */
export function everyKind(): readonly ModelSnapshot[] {
  const images = { shape: [2, 9, 8], offset: [120, 90], scale: [0.01, 0.013] };
  const front = [
    { kind: 'conv2d', filters: 4, kernel: 3, stride: [2, 1], padding: 'same', activation: 'softmax' },
    { kind: 'batch-norm', epsilon: 0.02 },
    { kind: 'max-pool2d', stride: 1 },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'conv2d', kernel: 2, padding: 2 },
    { kind: 'avg-pool2d', size: [2, 3] },
    { kind: 'flatten' },
    { kind: 'batch-norm', decay: 0.95 },
  ];
  const regression = { task: 'regression', outputs: 1, loss: 'squared', mean: 4200, deviation: 800 } as const;
  const binary = { task: 'binary', outputs: 1, loss: 'logistic', classes: ['no', 'yes'] } as const;
  return [
    makeModel({ images, front }),
    makeModel({ images, front: front.slice(0, 3), activations: ['softmax'] }),
    makeModel({ images: { shape: [16], offset: [3], scale: [0.01] } }),
    makeModel({ features: everyColumn, hidden: 8 }),
    makeModel({ ...binary, features: everyColumn.slice(1), activations: ['gelu', 'sigmoid'] }),
    makeModel({ ...regression, activations: ['elu', 'leaky-relu', 'identity'] }),
    makeModel({ features: everyColumn.slice(0, 2), front: [{ kind: 'batch-norm' }, { kind: 'dropout', rate: 0.2 }] }),
    ...activationKinds.map((activation: ActivationKind, seed) =>
      makeModel({ activations: [activation, activation, 'softmax'], seed: seed + 2 }),
    ),
    ...lossOutputs.map(({ loss, activation }, seed) =>
      loss === 'squared'
        ? makeModel({
            ...regression,
            activations: ['tanh', activation],
            outputs: activation === 'softmax' ? 2 : 1,
            seed,
          })
        : makeModel({ loss, activations: ['tanh', activation], seed }),
    ),
  ];
}

/** Each type of column, in every way that a hole or an unknown value may be answered. */
export const everyColumn: readonly FeatureTransform[] = [
  numberFeature('mass', 4201, 0.00125, 4100),
  { column: 'rainy', type: 'boolean', no: 'no', yes: 'yes', fill: 0.3125 },
  { column: 'is_weekend', type: 'boolean', no: '0', yes: '1', fill: 0 },
  { column: 'island', type: 'category', categories: ['Biscoe', 'Dream', '3'], other: false, fill: null },
  { column: 'ship', type: 'category', categories: ['Gould', 'Endurance'], other: true, fill: 'Gould' },
  { column: 'crew', type: 'category', categories: ['a', 'b'], other: true, fill: 'too rare' },
  {
    ...{ column: 'seen', type: 'date', dates: { order: 'day-first', numbers: 'milliseconds' } },
    ...{ offset: 19_723.4, scale: 1 / 210.7, fill: 19_800.25, cycles: ['day', 'week', 'year'] },
  },
  {
    ...{ column: 'born', type: 'date', dates: { order: 'month-first', numbers: 'figures' } },
    ...{ offset: -3000, scale: 0.001, fill: -2000, cycles: [] },
  },
];

/** Cells as people write them, of which the drawn ones are too tidy. */
const spellings: Readonly<Record<string, readonly (string | number | null)[]>> = {
  mass: [3750, '4200.5', ' 6300 ', '4.200,5', '1e3', '+12,5', '', null, 'NA', 'n/a'],
  rainy: ['yes', 'no', 'Yes', ' NO ', '', null, 'NA', 'NaN', '?'],
  is_weekend: ['0', '1', 1, '1.0', '0.0', '', null, '-'],
  island: ['Biscoe', ' Dream ', 'Torgersen', '3.0', 3, 'dream', '', null, '#N/A', '?'],
  ship: ['Gould', 'Endurance', 'Polarstern', 7, '', null, 'null', '-'],
  crew: ['a', 'b', 'd', '', null, 'nan'],
  seen: ['2024-01-01', '2023-12-31T23:59:59.999', '5.3.2024 06:30', '1/2/99', '1969-07-20 20:17:40', 1.7e12, '', null],
  born: ['3/5/1961', '12/31/1899', 'July 4, 1776', '4 Mar 2001 3:05 PM', '2001-02', '20240305', 19991231, '', null],
};

/** So many raw inputs with the app's own outputs in float32, half of the cells spelled as people do. */
export async function proofOf(model: ModelSnapshot, count: number): Promise<Proof> {
  return answered(model, spelled(drawInputs(model, count)));
}

/** The same with tidy cells, for formats that read no other. */
export async function tidyProofOf(model: ModelSnapshot, count: number): Promise<Proof> {
  return answered(model, drawInputs(model, count));
}

function spelled(drawn: RawInputs): RawInputs {
  const random = createRandom(drawn.count, 'spellings');
  const rows = drawn.rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => {
        const pool = Object.hasOwn(spellings, column) ? spellings[column]! : [];
        return [column, pool.length > 0 && random.integer(2) === 0 ? pool[random.integer(pool.length)]! : cell];
      }),
    ),
  );
  return { ...drawn, rows };
}

async function answered({ experiment, preprocessing, state }: ModelSnapshot, inputs: RawInputs): Promise<Proof> {
  const { network, training } = experiment;
  const compiled = await createEngine('wasm').compile({ network, training, inputShape: preprocessing.inputShape });
  try {
    compiled.setParameters(state.parameters);
    const outputs = compiled.predict(encodeRaw(preprocessing, inputs), inputs.count);
    return { ...inputs, part: 'test', outputs };
  } finally {
    compiled.dispose();
  }
}

/** Networks of any layers, over columns or images of any kind; the same for the same seed. */
export function randomModels(count: number, seed: number): readonly ModelSnapshot[] {
  return fc.sample(networkCases, { numRuns: count, seed }).map(modelOf);
}

function modelOf({ network, training, inputShape, outputs }: NetworkCase, seed: number): ModelSnapshot {
  const random = createRandom(seed, 'random-model');
  const task = network.loss === 'squared' ? 'regression' : outputs <= 2 ? 'binary' : 'multi-class';
  const base = makeModel();
  const parameters = resolveNetwork(network, inputShape)
    .flatMap((layer) => layer.parameters)
    .map(({ name, fullName, shape }) => ({
      name: fullName,
      shape,
      values: Float32Array.from({ length: sizeOf(shape) }, () =>
        name === 'variance' ? 0.5 + random.uniform() : 0.7 * random.normal(),
      ),
    }));
  const preprocessing: Preprocessing = {
    task,
    inputShape,
    features: inputShape.length === 1 ? randomColumns(inputShape[0]!, random) : [],
    pixels: inputShape.length === 1 ? null : randomScaling(inputShape, random),
    target: {
      name: 'answer',
      classes: task === 'regression' ? [] : Array.from({ length: Math.max(2, outputs) }, (_, k) => `class ${k}`),
      mean: 10 * random.normal(),
      deviation: 1 + random.uniform(),
    },
  };
  const experiment = { ...base.experiment, network, training: { ...base.experiment.training, ...training } };
  return { experiment, preprocessing, state: { ...base.state, parameters, optimizer: [] } };
}

function randomColumns(width: number, random: Random): readonly FeatureTransform[] {
  const columns: FeatureTransform[] = [];
  let left = width;
  while (left > 0) {
    const fitting = everyColumn.filter((column) => widthOf(column) <= left);
    const column = fitting[random.integer(fitting.length)]!;
    // The columns of a table have different names.
    const taken = columns.some((other) => other.column === column.column);
    columns.push(taken ? { ...column, column: `${column.column} ${columns.length}` } : column);
    left -= widthOf(column);
  }
  return columns;
}

function randomScaling([channels = 1]: Shape, random: Random): NonNullable<Preprocessing['pixels']> {
  const each = (draw: () => number): number[] => Array.from({ length: channels }, draw);
  return { offset: each(() => 60 + 100 * random.uniform()), scale: each(() => 0.005 + 0.01 * random.uniform()) };
}
