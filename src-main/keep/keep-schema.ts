import * as v from 'valibot';
import type { BestEpoch, Evaluations, RunState } from '../../src-worker/api';
import type { TrainingSpec } from '../../src-worker/experiment/document';
import type { SweepPlace, SweptSetting } from '../../src-worker/experiment/sweep/sweep-plan';
import { PACKED_COLUMNS, type PackedRecords } from '../../src-worker/experiment/packed-records';
import { experimentSchema } from '../experiment-schema';
import {
  anyNumber,
  bestEpochEntries,
  metricsSchema,
  runStateEntries,
  shapeSchema,
  textSchema,
  type SchemaOf,
} from '../model-schema';
import type { StoredMark, StoredMoment, StoredPart, StoredPath, StoredRun, SessionUpdate } from './keep-types';
import type { SessionHead } from './session-store';

/** Run-time descriptions of kept sessions: for a window that might send anything, and for what lies on disk. */

const MOST_PARTS = 10_000;
const MOST_STEPS = 100_000;
const MOST_MARKS = 100_000;

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const partNameSchema = v.pipe(v.string(), v.regex(/^(present|run-\d{1,9}|checkpoint-\d{1,9})$/));

const curvesSchema: SchemaOf<PackedRecords> = v.pipe(
  v.strictObject({ count: countSchema, values: v.instance(Float64Array), holes: v.instance(Uint8Array) }),
  v.check(
    ({ count, values, holes }) => values.length === count * PACKED_COLUMNS && holes.length === values.length,
    'Expected as many numbers as points',
  ),
);

const pathSchema: SchemaOf<StoredPath> = v.pipe(
  v.strictObject({
    documents: v.pipe(v.array(experimentSchema), v.maxLength(MOST_STEPS)),
    steps: v.pipe(
      v.array(
        v.strictObject({
          step: countSchema,
          document: countSchema,
          by: v.picklist(['carried', 'initial', 'best', 'state', 'parameter']),
          edit: v.exactOptional(v.strictObject({ name: textSchema, index: countSchema, value: anyNumber })),
        }),
      ),
      v.maxLength(MOST_STEPS),
    ),
  }),
  v.check(({ documents, steps }) => steps.every(({ document }) => document < documents.length), 'Expected a document'),
);

/** The document beside it has been read strictly; a mark only tells what was changed. */
const trainingSchema = v.custom<TrainingSpec>(
  (value) => typeof value === 'object' && value !== null && 'optimizer' in value && 'schedule' in value,
  'Expected training settings',
);

const marksSchema: SchemaOf<readonly StoredMark[]> = v.pipe(
  v.array(
    v.strictObject({
      epoch: anyNumber,
      from: trainingSchema,
      to: trainingSchema,
      words: v.exactOptional(textSchema),
    }),
  ),
  v.maxLength(MOST_MARKS),
);

const stateSchema: SchemaOf<Omit<RunState, 'history'>> = v.strictObject(runStateEntries);

const momentSchema: SchemaOf<StoredMoment> = v.strictObject({
  document: experimentSchema,
  inputShape: shapeSchema,
  featureNames: v.array(v.string()),
  classes: v.array(v.string()),
  state: stateSchema,
  curves: curvesSchema,
  marks: marksSchema,
  path: pathSchema,
  run: v.nullable(countSchema),
});

const metrics = metricsSchema(anyNumber);
const evaluationsSchema: SchemaOf<Evaluations> = v.strictObject({
  train: metrics,
  dev: v.nullable(metrics),
  test: v.nullable(metrics),
});
const bestSchema: SchemaOf<BestEpoch> = v.strictObject(bestEpochEntries(anyNumber));

const sweptSettingSchema: SchemaOf<SweptSetting> = v.variant('kind', [
  v.strictObject({
    kind: v.literal('number'),
    path: textSchema,
    label: textSchema,
    whole: v.boolean(),
    from: anyNumber,
    to: anyNumber,
    count: countSchema,
    spacing: v.picklist(['even', 'ratio']),
  }),
  v.strictObject({
    kind: v.literal('choice'),
    path: textSchema,
    label: textSchema,
    options: v.array(v.strictObject({ value: textSchema, label: textSchema })),
  }),
]);

const sweepSchema: SchemaOf<SweepPlace> = v.strictObject({
  number: countSchema,
  plan: v.strictObject({
    method: v.picklist(['grid', 'random']),
    settings: v.array(sweptSettingSchema),
    draws: countSchema,
    seed: countSchema,
    epochs: countSchema,
  }),
  values: v.array(v.union([anyNumber, textSchema])),
});

const runSchema: SchemaOf<StoredRun> = v.strictObject({
  number: countSchema,
  name: textSchema,
  pinned: v.boolean(),
  overlaid: v.boolean(),
  parent: v.nullable(v.strictObject({ number: countSchema, epoch: anyNumber })),
  document: experimentSchema,
  path: pathSchema,
  curves: curvesSchema,
  marks: marksSchema,
  epoch: countSchema,
  step: countSchema,
  outcome: v.picklist(['stopped', 'finished', 'early', 'diverged']),
  best: v.nullable(bestSchema),
  evaluations: v.nullable(evaluationsSchema),
  sweep: v.exactOptional(sweepSchema),
});

export const partSchema: SchemaOf<StoredPart> = v.variant('kind', [
  v.strictObject({ kind: v.literal('present'), name: v.literal('present'), value: momentSchema }),
  v.strictObject({ kind: v.literal('run'), name: partNameSchema, value: runSchema }),
  v.strictObject({ kind: v.literal('checkpoint'), name: partNameSchema, value: momentSchema }),
]);

const checkpointsSchema = v.pipe(
  v.array(v.strictObject({ name: partNameSchema, title: textSchema })),
  v.maxLength(MOST_PARTS),
);

export const sessionUpdateSchema: SchemaOf<SessionUpdate> = v.strictObject({
  experiment: countSchema,
  from: v.nullable(textSchema),
  document: experimentSchema,
  epoch: countSchema,
  step: countSchema,
  target: v.nullable(textSchema),
  withData: v.boolean(),
  saved: v.boolean(),
  data: v.nullable(hashSchema),
  view: textSchema,
  checkpoints: checkpointsSchema,
  parts: v.pipe(v.array(partSchema), v.maxLength(MOST_PARTS)),
  same: v.pipe(v.array(partNameSchema), v.maxLength(MOST_PARTS)),
});

export const headSchema: SchemaOf<SessionHead> = v.strictObject({
  keptMs: anyNumber,
  window: textSchema,
  closed: v.boolean(),
  document: experimentSchema,
  epoch: countSchema,
  step: countSchema,
  project: v.nullable(v.strictObject({ path: textSchema, withData: v.boolean(), saved: v.boolean() })),
  data: v.nullable(hashSchema),
  view: textSchema,
  checkpoints: checkpointsSchema,
  parts: v.pipe(v.array(v.strictObject({ name: partNameSchema, hash: hashSchema })), v.maxLength(MOST_PARTS)),
});
