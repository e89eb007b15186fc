import { describe, expect, it } from 'vitest';
import type { AilmentKind, Evidence } from './doctor-types';
import { ailments, findAilment } from './index';
import { linearMap } from './linear-map';
import { neighboursOf } from './neighbours';
import { createRandom } from '../../random';
import { createReferenceEngine, createWasmEngine } from '../../engines';
import { createTrainer } from '../../trainer';
import { loadBuiltKernels } from '../../testing/load-kernels';
import type { Outcome } from '../../api';
import { dense } from '../../experiment/layer-specs';
import { examine, sample } from './testing/cases';
import { healthyRuns } from './testing/healthy-runs';
import { illRuns } from './testing/ill-runs';

/** Number of the run of each kind that is examined in every run of the tests; the heavy test takes all six. */
const SAMPLE = 0;
const ill = illRuns(211, 2).filter((_, k) => k % 2 === SAMPLE);

it.each(ill)('names $fault ($name), and its change mends something of the document', async (each) => {
  const finding = await examine(each);
  expect(finding?.ailment).toBe(each.fault);
  expect(finding?.sentence.endsWith('.')).toBe(true);
  expect(finding?.grounds).toMatch(/\d/);
  expect(Object.keys(finding!.change!.parts)).toHaveLength(1);
});

it('has a planted run for every ailment', () =>
  expect(new Set(ill.map(({ fault }) => fault))).toEqual(new Set(Object.keys(ailments) as AilmentKind[])));

it.each(healthyRuns(1101, 5))('is silent on $name', async (each) => expect(await examine(each)).toBeNull());

describe('one change after another', () => {
  const unwrap = <T>(outcome: Outcome<T>): T => {
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    return outcome.value;
  };

  it('cures a network without hidden layers, and leaves a run of the fast engine as it was to the bit', async () => {
    const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
    const data = sample('circles', 5);
    unwrap(await trainer.loadData(data, [], []));
    const suggested = unwrap(trainer.suggestExperiment('circles'));
    const layers = suggested.network.layers.slice(-1);
    const simple = { ...suggested, network: { ...suggested.network, layers } };
    unwrap(await trainer.build(simple));
    unwrap(trainer.advance({ steps: 1e6 }));
    const before = JSON.stringify(unwrap(trainer.snapshot()).state);
    const finding = unwrap(trainer.diagnose());
    expect(finding?.ailment).toBe('underfitting');
    expect(JSON.stringify(unwrap(trainer.snapshot()).state)).toBe(before);
    unwrap(await trainer.build({ ...simple, ...finding!.change!.parts }));
    unwrap(trainer.advance({ steps: 1e6 }));
    expect(unwrap(trainer.diagnose())).toBeNull();
    expect(unwrap(trainer.evaluate()).dev?.accuracy).toBeGreaterThan(0.9);
  });

  it('says nothing before the first step', async () => {
    const trainer = createTrainer(createReferenceEngine('float64'));
    unwrap(await trainer.loadData(sample('xor', 5), [], []));
    unwrap(await trainer.build(unwrap(trainer.suggestExperiment('xor'))));
    expect(unwrap(trainer.diagnose())).toBeNull();
  });
});

it('reads 96 % against 64 % as overfitting, with the numbers, and offers L2, then a smaller network', () => {
  const metrics = (loss: number, accuracy: number) => ({
    ...{
      loss,
      accuracy,
      'top-k': null,
      precision: null,
      recall: null,
      f1: null,
      auc: null,
      rmse: null,
      mae: null,
      r2: null,
    },
  });
  const records = Array.from({ length: 21 }, (_, epoch) => ({
    epoch,
    step: epoch,
    train: metrics(0.5 / (epoch + 1), 0.96),
    dev: metrics(0.7, 0.64),
  }));
  const experiment = {
    network: { layers: [dense(20, 'relu'), dense(1, 'sigmoid')], loss: 'logistic', seed: 1 },
    training: { l2: 0 },
  } as unknown as Evidence['experiment'];
  const evidence: Evidence = {
    experiment,
    ...{ task: 'binary', classes: ['no', 'yes'], inputs: 2, outputs: 1, devExamples: 200, records, problem: null },
    ...{ layers: [], right: 0, actual: [], answered: [], probed: 0, traced: 0, largestInput: 1, moved: 1, map: null },
    ...{ neighbours: null, leak: null },
  };
  const finding = findAilment(evidence);
  expect(finding).toMatchObject({ ailment: 'overfitting', change: { label: 'Set L2 to 0.01' } });
  expect(finding?.grounds).toContain('Accuracy 96\u202f% on train, 64\u202f% on 200 dev examples');
  const regularised = { ...experiment, training: { ...experiment.training, l2: 0.1 } };
  expect(findAilment({ ...evidence, experiment: regularised })?.change?.label).toBe('Give layer 1 10 units');
});

it('multiplies the layers of a linear network into one map', () => {
  const tensor = (name: string, shape: number[], values: number[]) =>
    [name, { name, shape, values: Float64Array.from(values) }] as const;
  const parameters = new Map([
    tensor('W1', [2, 2], [1, 2, 3, 4]),
    tensor('b1', [2], [1, 0]),
    tensor('W2', [1, 2], [10, 1]),
    tensor('b2', [1], [0.5]),
  ]);
  const network = { layers: [dense(2, 'identity'), dense(1, 'identity')], loss: 'squared', seed: 1 };
  // (10, 1)·(1 2; 3 4) = (13, 24) and (10, 1)·(1, 0) + 0.5 = 10.5
  expect(linearMap({ network } as unknown as Evidence['experiment'], parameters, 2, 1)).toEqual({
    W: [[13, 24]],
    b: [10.5],
  });
});

it('asks the five nearest rows: all right for two heaps, as good as a coin for noise', () => {
  const random = createRandom(3, 'doctor-test', 'rows');
  const answers = Array.from({ length: 200 }, (_, row) => row % 2);
  const heaps = Float64Array.from(answers, (answer) => 10 * answer + random.normal());
  const noise = Float64Array.from(answers, () => random.normal());
  const table = { rows: 200, columns: 1, answers, classes: 2 };
  expect(neighboursOf({ ...table, x: heaps })?.score).toBe(1);
  expect(neighboursOf({ ...table, x: noise })?.score).toBeCloseTo(0.5, 0.5);
});
