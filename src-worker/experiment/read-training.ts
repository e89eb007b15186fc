import { optimizers } from '../optimizers';
import { schedules } from '../schedules';
import { DEFAULT_OPTIMIZER, DEFAULT_SCHEDULE } from './defaults';
import type { EarlyStopping, OptimizerSpec, ScheduleSpec, TrainingSpec } from './document';
import { earlyStoppingFields, trainingFields } from './fields';
import { pathTo, type Findings } from './findings';
import { readNumber, readObject } from './read';
import { readClassWeights } from './read-class-weights';
import { readKind } from './read-kind';

/** Reads `training`; every part of it has a default. */
export function readTraining(value: unknown, path: string, findings: Findings): TrainingSpec {
  const known = ['optimizer', 'schedule', 'earlyStopping', ...Object.keys(trainingFields)];
  const training = readObject(value, path, known, findings);
  const number = (name: Exclude<keyof typeof trainingFields, 'classWeights'>): number =>
    readNumber(training.get(name), pathTo(path, name), trainingFields[name], findings);
  const at = (name: string): string => pathTo(path, name);
  const optimizer = readKind(training.get('optimizer'), at('optimizer'), optimizers, DEFAULT_OPTIMIZER, findings);
  const schedule = readKind(training.get('schedule'), at('schedule'), schedules, DEFAULT_SCHEDULE, findings);
  return {
    // Null only after a problem, and then the experiment is never handed out.
    optimizer: optimizer as unknown as OptimizerSpec,
    schedule: schedule as unknown as ScheduleSpec,
    batchSize: number('batchSize'),
    epochs: number('epochs'),
    l2: number('l2'),
    l1: number('l1'),
    clipNorm: number('clipNorm'),
    earlyStopping: readEarlyStopping(training.get('earlyStopping'), at('earlyStopping'), findings),
    seed: number('seed'),
    classWeights: readClassWeights(training.get('classWeights'), at('classWeights'), findings),
  };
}

/** `null` and a missing value are no early stopping; `{}` is early stopping with its defaults. */
function readEarlyStopping(value: unknown, path: string, findings: Findings): EarlyStopping | null {
  if (value === undefined || value === null) return null;
  const given = readObject(value, path, Object.keys(earlyStoppingFields), findings);
  const number = (name: keyof EarlyStopping): number =>
    readNumber(given.get(name), pathTo(path, name), earlyStoppingFields[name], findings);
  return { patience: number('patience'), minimumImprovement: number('minimumImprovement') };
}
