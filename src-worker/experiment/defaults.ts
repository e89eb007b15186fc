import { activationOf } from '../layers';
import type { DataSpec, Experiment, LayerSpec, LossKind, OptimizerKind, ScheduleKind, TrainingSpec } from './document';
import { outputLayer } from './enabled';
import { dataFields, splitFields, trainingFields } from './fields';

export const FORMAT: Experiment['format'] = 'layerlab-experiment';
/** Of the document and of a saved project. What came before is brought here by the migrations. */
export const VERSION: Experiment['version'] = 2;
export const DEFAULT_NAME = 'untitled';
export const DEFAULT_OPTIMIZER: OptimizerKind = 'momentum';
export const DEFAULT_SCHEDULE = 'constant' satisfies ScheduleKind;

/** Everything of the training that is off until somebody asks for it. */
export const PLAIN_TRAINING = {
  schedule: { kind: DEFAULT_SCHEDULE },
  l2: trainingFields.l2.default,
  l1: trainingFields.l1.default,
  clipNorm: trainingFields.clipNorm.default,
  earlyStopping: null,
  classWeights: trainingFields.classWeights.default,
} as const satisfies Partial<TrainingSpec>;

/**
 * The loss of a document that names none: the one that belongs to the output activation. Softmax gives cross-entropy, sigmoid
 * gives logistic, everything else squared. CS229 notes, the losses of section 1.
 */
export function lossFor(layers: readonly LayerSpec[]): LossKind {
  const last = outputLayer(layers);
  const activation = last === undefined ? null : activationOf(last);
  if (activation === 'softmax') return 'cross-entropy';
  return activation === 'sigmoid' ? 'logistic' : 'squared';
}

/** How data is read when nobody has decided anything yet: all columns inferred, standard scaling, 70/15/15 split. */
export function defaultDataSpec(source: DataSpec['source']): DataSpec {
  return {
    source,
    columns: {},
    missing: dataFields.missing.default,
    scaling: dataFields.scaling.default,
    rare: dataFields.rare.default,
    split: {
      method: splitFields.method.default,
      train: splitFields.train.default,
      dev: splitFields.dev.default,
      test: splitFields.test.default,
      stratify: true,
      seed: splitFields.seed.default,
      column: null,
      folds: splitFields.folds.default,
      fold: splitFields.fold.default,
    },
    augmentation: null,
    excluded: [],
    relabelled: {},
  };
}
