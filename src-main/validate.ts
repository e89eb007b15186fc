import * as v from 'valibot';
import type { DecodeOptions, Proof, TrainingData, TrainingPart } from '../src-worker/api';
import { fail, type Outcome } from '../src-worker/problem';
import type { DesktopApi, ExportFormatId, ExportRequest, SaveRequest } from './bridge';
import { exportFormats } from './export';
import { sessionUpdateSchema } from './keep/keep-schema';
import { preferencesSchema } from './keep/preferences';
import { anyNumber, describeMisfit, textSchema, type SchemaOf } from './model-schema';
import { bytesSchema, dataFilesSchema, fileNameSchema, modelSchema, projectSchema } from './project-schema';
import type { Verb } from './verbs';

const LONGEST_HANDLE = 100;
/** A model file, and those that it keeps its weights in. */
const MOST_MODEL_FILES = 1_000;
/** Characters; the window reads no longer one either. */
const LONGEST_LESSON = 2 ** 20;
const LONGEST_SHEET_NAME = 1_000;
const MOST_PROOF_ROWS = 1_000;

const handleSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_HANDLE));
const formatSchema = v.picklist(Object.keys(exportFormats) as ExportFormatId[]);

const saveRequestSchema: SchemaOf<SaveRequest> = v.pipe(
  v.strictObject({
    kind: v.picklist(['project', 'export', 'lesson']),
    format: v.nullable(formatSchema),
    suggestedName: textSchema,
    name: v.nullable(v.pipe(v.string(), v.maxLength(1_000))),
    replace: v.boolean(),
  }),
  v.check((request) => (request.kind === 'export') === (request.format !== null), 'A format belongs to an export'),
);

const exportRequestSchema: SchemaOf<ExportRequest> = v.strictObject({
  format: formatSchema,
  // The format's own fields say what is valid, and encodeModel asks them.
  options: v.record(v.string(), v.unknown()),
  acceptNonFinite: v.boolean(),
});

const floatsSchema = v.union([v.instance(Float32Array), v.instance(Float64Array)]);

const proofSchema: SchemaOf<Proof | null> = v.nullable(
  v.strictObject({
    count: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_PROOF_ROWS)),
    rows: v.pipe(
      v.array(v.record(textSchema, v.nullable(v.union([textSchema, anyNumber])))),
      v.maxLength(MOST_PROOF_ROWS),
    ),
    pixels: v.nullable(floatsSchema),
    part: v.picklist(['train', 'dev', 'test', 'drawn']),
    outputs: floatsSchema,
  }),
);

const trainingPartSchema: SchemaOf<TrainingPart | null> = v.nullable(
  v.strictObject({
    count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    x: v.union([v.instance(Float32Array), v.instance(Uint8Array)]),
    y: v.instance(Float32Array),
    weights: v.nullable(v.instance(Float32Array)),
  }),
);

const trainingDataSchema: SchemaOf<TrainingData | null> = v.nullable(
  v.strictObject({ train: trainingPartSchema, dev: trainingPartSchema, test: trainingPartSchema }),
);

const decodeOptionsSchema: SchemaOf<DecodeOptions> = v.strictObject({
  sheet: v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_SHEET_NAME))),
});

/** What each verb takes; a verb without its line here does not compile, nor one whose schema yields something else. */
const argumentSchemas = {
  about: v.strictTuple([]),
  chooseSaveTarget: v.strictTuple([saveRequestSchema]),
  saveProject: v.strictTuple([handleSchema, projectSchema]),
  saveLesson: v.strictTuple([handleSchema, v.pipe(v.string(), v.maxLength(LONGEST_LESSON))]),
  chooseProject: v.strictTuple([]),
  listProjects: v.strictTuple([]),
  openListedProject: v.strictTuple([handleSchema]),
  forgetProject: v.strictTuple([handleSchema]),
  readProject: v.strictTuple([fileNameSchema, bytesSchema]),
  readModel: v.strictTuple([
    v.pipe(
      v.array(v.strictObject({ name: fileNameSchema, bytes: bytesSchema })),
      v.minLength(1),
      v.maxLength(MOST_MODEL_FILES),
    ),
  ]),
  listExportFormats: v.strictTuple([]),
  stageExport: v.strictTuple([modelSchema, proofSchema, trainingDataSchema]),
  releaseExport: v.strictTuple([handleSchema]),
  previewExport: v.strictTuple([handleSchema, exportRequestSchema]),
  exportModel: v.strictTuple([handleSchema, handleSchema, exportRequestSchema]),
  offerExport: v.strictTuple([handleSchema, exportRequestSchema, textSchema]),
  decodeTable: v.strictTuple([handleSchema, fileNameSchema, bytesSchema, decodeOptionsSchema]),
  cancelDecoding: v.strictTuple([handleSchema]),
  beginSession: v.strictTuple([]),
  keepData: v.strictTuple([v.pipe(dataFilesSchema, v.minLength(1))]),
  keepSession: v.strictTuple([sessionUpdateSchema]),
  endSession: v.strictTuple([]),
  listKeptSessions: v.strictTuple([]),
  openKeptSession: v.strictTuple([handleSchema]),
  setSessionAside: v.strictTuple([handleSchema]),
  readPreferences: v.strictTuple([]),
  writePreferences: v.strictTuple([preferencesSchema]),
} satisfies { readonly [K in keyof DesktopApi]: SchemaOf<Parameters<DesktopApi[K]>> };

/**
 * Answers a call that came over a boundary: the arguments are validated first and nothing of them is used otherwise. Shared by
 * both shells.
 * @param args whatever arrived
 * @returns what the service returns, or an outcome that tells what was wrong with the call; never throws a raw error out
 */
export async function answer(services: DesktopApi, verb: Verb, args: unknown): Promise<unknown> {
  const parsed = v.safeParse(argumentSchemas[verb], args, { abortEarly: true });
  if (!parsed.success) return refuseArguments(verb, describeMisfit(parsed.issues));
  // The table above ties each verb to its own parameters, which a union of functions cannot express.
  const service = services[verb] as (...args: readonly unknown[]) => Promise<unknown>;
  try {
    return await service(...parsed.output);
  } catch (error) {
    return unexpected(verb, error);
  }
}

function refuseArguments(verb: Verb, what: string): Outcome<never> {
  return fail({
    code: 'bridge/bad-argument',
    message: `The window asked for ${verb} in a wrong way: ${what}.`,
    hint: 'Nothing was changed. Reload the window; if it happens again, please report it.',
  });
}

function unexpected(verb: Verb, error: unknown): Outcome<never> {
  return fail({
    code: 'bridge/unexpected',
    message: `Layerlab failed at ${verb}: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Nothing was changed. Try again; if it happens again, please report it.',
  });
}
