import * as v from 'valibot';
import type { ModelSnapshot } from '../src-worker/api';
import type { Project } from './bridge';
import { experimentSchema } from './experiment-schema';
import { anyNumber, preprocessingSchema, runStateSchema, type SchemaOf } from './model-schema';

/** Run-time descriptions of a model and of a project in memory, for what crosses from another process. */

const MOST_DATA_FILES = 10_000;

export const fileNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
export const bytesSchema = v.instance(Uint8Array);

export const modelSchema: SchemaOf<ModelSnapshot> = v.strictObject({
  experiment: experimentSchema,
  preprocessing: preprocessingSchema(anyNumber),
  state: runStateSchema,
});

export const dataFilesSchema = v.pipe(
  v.array(v.strictObject({ name: fileNameSchema, role: v.picklist(['data', 'test']), bytes: bytesSchema })),
  v.maxLength(MOST_DATA_FILES),
);

export const projectSchema: SchemaOf<Project> = v.strictObject({
  document: experimentSchema,
  model: v.nullable(modelSchema),
  data: dataFilesSchema,
});
