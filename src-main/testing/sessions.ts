import { packRecords } from '../../src-worker/experiment/packed-records';
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

export function makeRun(number = 1): StoredRun {
  const { document, path, curves, marks } = makeMoment(number);
  return {
    ...{ number, name: `Run ${number}`, pinned: false, overlaid: true, parent: null },
    ...{ document, path, curves, marks, epoch: 2, step: 17, outcome: 'diverged', best: null, evaluations: null },
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
