import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Problem, Task } from '../../api';
import { createReferenceEngine } from '../../engines';
import { inspectExperiment, problemsOf } from '../../inspection';
import { loadData, LoadWatch, prepare } from '../../data';
import { NO_SERVICES } from '../../data/services';
import type { PreparedData } from '../../data/prepared';
import { inspectNetwork } from '../../shape';
import { layerSpecs } from '../../testing/arbitrary';
import { losses } from '../../losses';
import { defaultDataSpec } from '../defaults';
import type { DataSpec, Experiment, LayerSpec, LossKind, SampleKind, TrainingSpec } from '../document';
import { conv, dense } from '../layer-specs';
import { parseExperiment } from '../parse';
import { repairs, repairsFor, type RepairContext } from '.';

const engine = createReferenceEngine('float64');
const sample = (kind: SampleKind, examples = 100): DataSpec =>
  defaultDataSpec({ sample: kind, examples, noise: 0.05, seed: 1 });

async function prepared(spec: DataSpec): Promise<PreparedData> {
  const loaded = await loadData(spec, [], [], NO_SERVICES, new LoadWatch([]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const data = prepare(loaded.value, spec);
  if (!data.ok) throw new Error(JSON.stringify(data.problems));
  return data.value;
}

const flower = await prepared(sample('flower'));
const iris = await prepared(sample('iris', 150));
const digits = await prepared(sample('digits'));

function experimentWith(
  spec: DataSpec,
  layers: readonly LayerSpec[],
  loss: LossKind,
  training: Partial<TrainingSpec> = {},
): Experiment {
  const parsed = parseExperiment({ data: spec, network: { layers: ['dense'] }, training: { batchSize: 8 } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { value } = parsed;
  return { ...value, network: { layers, loss, seed: 1 }, training: { ...value.training, ...training } };
}

function contextOf(document: Experiment, { summary, preprocessing }: PreparedData): RepairContext {
  const target = { task: summary.task, classes: summary.classes.length };
  return {
    ...{ document, inputShape: preprocessing.inputShape, target, examples: summary.parts.train },
    classNames: summary.classes,
  };
}

const look = (document: Experiment, data: PreparedData): readonly Problem[] =>
  problemsOf(inspectExperiment(document, data, engine));

const dropout: LayerSpec = { kind: 'dropout', rate: 0.2 };
const norm: LayerSpec = { kind: 'batch-norm', decay: 0.9, epsilon: 1e-5 };
const pool: LayerSpec = { kind: 'max-pool2d', size: 2, stride: 2 };
const flat: LayerSpec = { kind: 'flatten' };
const ten = dense(10, 'softmax');
const one = dense(1, 'sigmoid');
const oneOf = (...layers: LayerSpec[]): Experiment => experimentWith(sample('flower'), layers, 'logistic');
const picture = (...layers: LayerSpec[]): Experiment => experimentWith(sample('digits'), layers, 'cross-entropy');
const early = { patience: 5, minimumImprovement: 0 };

const misfits: readonly [code: string, document: Experiment, data: PreparedData, ...labels: string[]][] = [
  ['network/no-layers', oneOf({ ...one, enabled: false }), flower, 'Add an output layer of 1 unit'],
  ['network/no-layers', oneOf(), flower, 'Add an output layer of 1 unit'],
  [
    'network/outputs',
    experimentWith(sample('iris'), [dense(4, 'tanh'), one], 'logistic'),
    iris,
    'Set units to 3',
    'Fit the output to the data: 3 units, Softmax, Cross-entropy',
  ],
  ['network/outputs', picture(conv(3, 3)), digits],
  ['network/loss-activation', picture(dense(10, 'tanh')), digits],
  ['network/loss-activation', picture(conv(3, 3), flat), digits, 'Add an output layer of 10 units'],
  [
    'network/loss-activation',
    experimentWith(sample('flower'), [one], 'cross-entropy'),
    flower,
    'Use Logistic as the loss',
    'Use Squared error as the loss',
    'Give the output Softmax',
  ],
  ['network/not-last', oneOf(dense(3, 'tanh'), one, dropout), flower, 'Switch it off', 'Add an output layer of 1 unit'],
  ['layer/no-image', picture(flat, conv(4, 3), ten), digits, 'Move it in front of layer 1 (flatten)', 'Switch it off'],
  ['layer/no-image', picture(dense(9, 'relu'), pool, ten), digits],
  ['layer/no-image', oneOf(pool, one), flower, 'Switch it off'],
  [
    'layer/window-too-large',
    picture({ ...conv(4, 40), padding: 'valid' }, ten),
    digits,
    'Pad to the same size',
    'Make the kernel 16 × 16',
  ],
  [
    'layer/window-too-large',
    picture({ kind: 'avg-pool2d', size: [2, 30], stride: [2, 30] }, ten),
    digits,
    'Make the window 2 × 16',
    'Switch it off',
  ],
  ['experiment/number', oneOf(dense(0, 'tanh'), one), flower, 'Set units to 1'],
  ['experiment/number', oneOf(dense(2.6, 'tanh'), one), flower, 'Set units to 3'],
  ['experiment/number', oneOf({ ...dropout, rate: 1 } as LayerSpec, one), flower, 'Set rate to 0.2'],
  ['experiment/number', experimentWith(sample('flower'), [one], 'logistic', { epochs: 0 }), flower, 'Set epochs to 1'],
  [
    'experiment/number',
    experimentWith(sample('flower'), [one], 'logistic', {
      optimizer: { kind: 'momentum', learningRate: 0.1, beta: 7 },
    }),
    flower,
  ],
  ['experiment/extent', picture({ ...conv(4, 3), kernel: 0 }, ten), digits, 'Set kernel to 3'],
  ['experiment/padding', picture({ ...conv(4, 3), padding: -1 }, ten), digits, 'Set padding to valid'],
  ['experiment/unknown-choice', oneOf({ ...dense(3, 'tanh'), activation: 'sine' as 'tanh' }, one), flower],
  [
    'training/batch-too-large',
    experimentWith(sample('flower'), [one], 'logistic', { batchSize: 900 }),
    flower,
    `Set batch size to ${flower.summary.parts.train}`,
  ],
  [
    'training/batch-too-small',
    experimentWith(sample('flower'), [dense(2, 'tanh'), norm, one], 'logistic', { batchSize: 1 }),
    flower,
    'Set batch size to 2',
  ],
];

describe('a repair takes its problem away', () => {
  it.each(misfits)('%s', (code, document, data, ...labels) => {
    const problem = look(document, data).find((each) => each.code === code);
    expect(problem, JSON.stringify(look(document, data))).toBeDefined();
    const found = repairsFor(problem!, contextOf(document, data));
    expect(found.length).toBeGreaterThan(0);
    if (labels.length > 0) expect(found.map(({ label }) => label)).toEqual(labels);
    for (const { label, document: mended } of found) {
      expect(
        look(mended, data).some((left) => left.code === code && left.message === problem!.message),
        label,
      ).toBe(false);
      expect(mended.data).toBe(document.data);
    }
    expect(look(found[0]!.document, data), found[0]!.label).toEqual([]);
  });

  it.each(['network/loss-task'])('%s, whatever the loss was, where the target became a number', async (code) => {
    const line = await prepared(sample('line'));
    for (const [layer, loss] of [
      [one, 'logistic'],
      [dense(3, 'softmax'), 'cross-entropy'],
    ] as const) {
      const document = experimentWith(sample('line'), [dense(4, 'tanh'), layer], loss);
      const problem = look(document, line).find((each) => each.code === code)!;
      const [repair] = repairsFor(problem, contextOf(document, line));
      expect(repair!.label).toBe('Fit the output to the data: 1 unit, Identity, Squared error');
      expect(look(repair!.document, line)).toEqual([]);
    }
  });

  it('training/no-dev-part and training/no-examples, by what they ask for', () => {
    const stopping = experimentWith(sample('flower'), [one], 'logistic', { earlyStopping: early });
    const of = (code: string, document: Experiment) =>
      repairsFor({ code, message: '', hint: '' }, contextOf(document, flower));
    expect(of('training/no-dev-part', stopping)[0]!.document.training.earlyStopping).toBeNull();
    const { data } = stopping;
    const starved = { ...stopping, data: { ...data, split: { ...data.split, train: 0.001, dev: 0.999, test: 0 } } };
    expect(of('training/no-examples', starved)[0]!.document.data.split).toMatchObject({ train: 0.7, dev: 0.15 });
    const byColumn = {
      ...starved,
      data: { ...data, split: { ...data.split, method: 'column', column: 'a' } as const },
    };
    expect(of('training/no-examples', byColumn)).toEqual([]);
  });
});

it('forgets the weights of classes that the data do not have, and keeps the others', () => {
  const weighed = (classWeights: TrainingSpec['classWeights']): Experiment =>
    experimentWith(sample('iris', 150), [dense(3, 'softmax')], 'cross-entropy', { classWeights });
  const document = weighed({ setosa: 2, versicolour: 3 });
  const problem = look(document, iris).find(({ code }) => code === 'training/unknown-class')!;
  expect(problem.path).toBe('training.classWeights.versicolour');
  expect(problem.hint).toContain('“versicolor”');
  const [repair] = repairsFor(problem, contextOf(document, iris));
  expect(repair!.document.training.classWeights).toEqual({ setosa: 2 });
  expect(look(repair!.document, iris)).toEqual([]);
  const alone = weighed({ rose: 2 });
  const [other] = repairsFor({ ...problem, path: 'training.classWeights.rose' }, contextOf(alone, iris));
  expect(other!.document.training.classWeights).toBe('none');
});

it('every problem of a network, a layer and the training is mended, or it is said why not', () => {
  const root = new URL('../../', import.meta.url);
  const sources = [
    'shape.ts',
    'inspection.ts',
    'footprint.ts',
    ...readdirSync(new URL('layers', root)).map((name) => `layers/${name}`),
  ];
  const codes = sources
    .filter((name) => !name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(new URL(name, root), 'utf8').matchAll(/code: '((?:network|layer|training|memory)\/[a-z-]+)'/g),
    ])
    .map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(15);
  for (const code of [...codes, 'layer/kernel', 'layer/size', 'layer/stride', 'layer/decay', 'layer/epsilon']) {
    expect(Object.keys(repairs), code).toContain(code);
  }
  for (const [code, mender] of Object.entries(repairs)) {
    if (typeof mender !== 'function') expect(mender.why, code).toMatch(/\w{3,}.*\.$/);
  }
});

it('knows nothing of other problems, whatever their code', () => {
  const context = contextOf(oneOf(one), flower);
  for (const code of ['csv/ragged-row', 'toString', '__proto__', 'memory/too-large']) {
    expect(repairsFor({ code, message: '', hint: '', path: 'network.layers[99].units' }, context)).toEqual([]);
  }
});

it('leads from any network to one that can be trained, taking the first repair again and again', () => {
  const tasks: Task[] = ['regression', 'binary', 'multi-class'];
  const cases = fc.record({
    layers: fc.array(layerSpecs(6), { minLength: 0, maxLength: 6 }),
    loss: fc.constantFrom(...(Object.keys(losses) as LossKind[])),
    task: fc.constantFrom(...tasks),
    inputShape: fc.constantFrom([3], [1, 12, 12], [3, 7, 5], [1, 1, 1]),
  });
  fc.assert(
    fc.property(cases, ({ layers, loss, task, inputShape }) => {
      const classes = { regression: 0, binary: 2, 'multi-class': 4 }[task];
      let document = experimentWith(sample('flower'), layers, loss);
      for (let turn = 0; ; turn++) {
        const context = { document, inputShape, target: { task, classes }, classNames: [], examples: 70 };
        const inspection = inspectNetwork(document.network, inputShape, context.target);
        const [problem] = problemsOf(inspection);
        if (problem === undefined) return;
        const [repair] = repairsFor(problem, context);
        expect(repair, `${problem.message} ${problem.hint} ${JSON.stringify(document.network)}`).toBeDefined();
        expect(turn).toBeLessThan(20);
        document = repair!.document;
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});
