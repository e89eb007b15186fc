import * as v from 'valibot';
import type { EpochRecord, FeatureTransform, Metrics, Preprocessing, RunState } from '../src-worker/api';
import type { NamedTensor } from '../src-worker/tensor';

/**
 * Run-time descriptions of what a model consists of: for a window that might send anything, and for files. The types come
 * from src-worker/api.ts; a schema that no longer fits its type does not compile.
 */

/** A schema of `T` over input of any kind. */
export type SchemaOf<T> = v.GenericSchema<unknown, T>;

const LONGEST_TEXT = 10_000;
const MOST_FEATURES = 100_000;
const MOST_RECORDS = 10_000_000;
const MOST_TENSORS = 10_000;

export const textSchema = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const shapeSchema = v.pipe(v.array(countSchema), v.maxLength(8));

/** @param number how a number looks there: itself in memory, by name in a file where JSON cannot write it */
export function preprocessingSchema(number: SchemaOf<number>): SchemaOf<Preprocessing> {
  const feature: SchemaOf<FeatureTransform> = v.variant('type', [
    v.strictObject({ column: textSchema, type: v.literal('number'), offset: number, scale: number, fill: number }),
    v.strictObject({
      column: textSchema,
      type: v.literal('category'),
      categories: v.pipe(v.array(textSchema), v.maxLength(MOST_FEATURES)),
      // Projects of the first version know neither.
      other: v.optional(v.boolean(), false),
      fill: v.optional(v.nullable(textSchema), null),
    }),
    v.strictObject({ column: textSchema, type: v.literal('boolean'), no: textSchema, yes: textSchema, fill: number }),
    v.strictObject({
      column: textSchema,
      type: v.literal('date'),
      dates: v.strictObject({
        order: v.picklist(['day-first', 'month-first']),
        numbers: v.picklist(['figures', 'seconds', 'milliseconds']),
      }),
      offset: number,
      scale: number,
      fill: number,
      cycles: v.pipe(v.array(v.picklist(['day', 'week', 'year'])), v.maxLength(3)),
    }),
  ]);
  return v.strictObject({
    task: v.picklist(['regression', 'binary', 'multi-class']),
    inputShape: shapeSchema,
    features: v.pipe(v.array(feature), v.maxLength(MOST_FEATURES)),
    pixels: v.nullable(
      v.strictObject({
        offset: v.array(number),
        scale: v.array(number),
        fit: v.optional(v.picklist(['stretch', 'crop', 'contain'])),
      }),
    ),
    target: v.strictObject({
      name: textSchema,
      classes: v.pipe(v.array(textSchema), v.maxLength(MOST_FEATURES)),
      mean: number,
      deviation: number,
    }),
  });
}

/** @param number as for {@link preprocessingSchema} */
export function metricsSchema(number: SchemaOf<number>): SchemaOf<Metrics> {
  const judge = v.nullable(number);
  // Histories of the first version know only the metric that the task is judged by.
  const later = v.optional(judge, null);
  return v.strictObject({
    // In the order in which a run writes them, so that a history that was read is written with the same bytes.
    loss: number,
    accuracy: judge,
    'top-k': later,
    precision: later,
    recall: later,
    f1: later,
    auc: later,
    rmse: judge,
    mae: later,
    r2: later,
  });
}

/** @param number as for {@link preprocessingSchema} */
export function historySchema(number: SchemaOf<number>): SchemaOf<readonly EpochRecord[]> {
  const metrics = metricsSchema(number);
  return v.pipe(
    v.array(
      v.strictObject({
        epoch: countSchema,
        step: countSchema,
        train: metrics,
        dev: v.nullable(metrics),
        learningRate: v.exactOptional(number),
        gradientNorm: v.exactOptional(number),
      }),
    ),
    v.maxLength(MOST_RECORDS),
  );
}

/** Where in a run the weights were taken. */
export type RunPosition = Pick<
  RunState,
  'epoch' | 'step' | 'batchInEpoch' | 'status' | 'stopped' | 'judgedFrom' | 'batchesPerEpoch'
>;

export const positionEntries = {
  epoch: countSchema,
  step: countSchema,
  batchInEpoch: countSchema,
  status: v.picklist(['ready', 'training', 'finished', 'diverged']),
  // Runs that were saved before these were kept have neither.
  stopped: v.exactOptional(v.nullable(v.picklist(['epochs', 'early']))),
  judgedFrom: v.exactOptional(countSchema),
  batchesPerEpoch: v.exactOptional(countSchema),
} as const;

/** @param number as for {@link preprocessingSchema} */
export function bestEpochEntries(number: SchemaOf<number>) {
  return { epoch: countSchema, loss: number, part: v.picklist(['dev', 'train']) } as const;
}

const tensorSchema: SchemaOf<NamedTensor> = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  shape: shapeSchema,
  values: v.union([v.instance(Float32Array), v.instance(Float64Array)]),
});
const tensorsSchema = v.pipe(v.array(tensorSchema), v.maxLength(MOST_TENSORS));

/** A number in memory, where all of them can be. */
export const anyNumber = v.custom<number>((value) => typeof value === 'number', 'Expected number');

/** The state of a run without its curves, typed arrays included. */
export const runStateEntries = {
  ...positionEntries,
  parameters: tensorsSchema,
  optimizer: tensorsSchema,
  best: v.exactOptional(v.nullable(v.strictObject({ ...bestEpochEntries(anyNumber), parameters: tensorsSchema }))),
} as const;

/** The state of a run as the window sends it. */
export const runStateSchema: SchemaOf<RunState> = v.strictObject({
  ...runStateEntries,
  history: historySchema(anyNumber),
});

/** Where in the value, and what, the first misfit is: `features.0.scale: Expected number …`. */
export function describeMisfit(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const path = v.getDotPath(issue);
  const found = issue.message.replace(/ but received undefined$/, ' but it is missing');
  // valibot quotes what it found; a hostile text in it must not fill the screen.
  const message = found.length > 200 ? `${found.slice(0, 200)}…` : found;
  return path === null ? message : `${path}: ${message}`;
}
