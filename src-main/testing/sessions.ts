import { packRecords } from '../../src-worker/experiment/packed-records';
import type { SweepPlan } from '../../src-worker/experiment/sweep/sweep-plan';
import type { SessionUpdate, StoredMoment, StoredPart, StoredRun } from '../keep/keep-types';
import { makeModel } from './models';

/** A small moment with weights of that seed. */
export function makeMoment(seed = 1): StoredMoment {
  const { experiment, preprocessing, state } = makeModel({ seed });
  const { history, ...rest } = state;
  return {
    document: experiment,
    inputShape: preprocessing.inputShape,
    featureNames: ['bill length', 'mass'],
    classes: preprocessing.target.classes,
    state: rest,
    curves: packRecords(history),
    marks: [{ epoch: 1.5, from: experiment.training, to: { ...experiment.training, epochs: 7 }, words: 'dense 3 → 4' }],
    path: { documents: [experiment], steps: [{ step: 0, document: 0, by: 'initial' }] },
    run: 1,
  };
}

const SWEEP: SweepPlan = {
  ...{ method: 'random', draws: 8, seed: 3, epochs: 20 },
  settings: [
    {
      ...{ kind: 'number', path: 'training.optimizer.learningRate', label: 'Learning rate', whole: false },
      ...{ from: 0.001, to: 0.1, count: 3, spacing: 'ratio' },
    },
    {
      ...{ kind: 'choice', path: 'network.layers[0].activation', label: 'Layer 1 activation' },
      options: [{ value: 'relu', label: 'relu' }],
    },
  ],
};

export function makeRun(number = 1): StoredRun {
  const { document, path, curves, marks } = makeMoment(number);
  return {
    ...{ number, name: `Run ${number}`, pinned: false, overlaid: true, parent: null },
    ...{ document, path, curves, marks, epoch: 2, step: 17, outcome: 'diverged', best: null, evaluations: null },
    sweep: { number: 1, plan: SWEEP, values: [0.01, 'relu'] },
  };
}

export function makeParts(seed = 1): readonly StoredPart[] {
  return [
    { kind: 'present', name: 'present', value: makeMoment(seed) },
    { kind: 'run', name: 'run-1', value: makeRun(1) },
    { kind: 'checkpoint', name: 'checkpoint-1', value: makeMoment(9) },
  ];
}

export function makeUpdate(change: Partial<SessionUpdate> = {}): SessionUpdate {
  return {
    ...{ experiment: 1, from: null, document: makeModel().experiment, epoch: 2, step: 17, target: null },
    ...{ withData: false, saved: false, data: null, view: 'Runs' },
    ...{ checkpoints: [{ name: 'checkpoint-1', title: 'the best' }], parts: makeParts(), same: [] },
    ...change,
  };
}
