import * as v from 'valibot';
import { fail, type Outcome, type Problem } from '../../src-worker/problem';
import { parseExperiment } from '../../src-worker/experiment/parse';
import type { NamedTensor, NetworkSpec } from '../../src-worker/api';
import type { DescribedLayer, DescribedTensor, ImportedNetwork, ReadModel } from '../import/read-model';
import { decodeMessage, encodeMessage } from '../message-bytes';
import { anyNumber, describeMisfit, shapeSchema, type SchemaOf } from '../model-schema';
import { modelSchema, projectSchema } from '../project-schema';
import type { DecodedProject } from '../projects';

/**
 * What the decoding process replies of a model or a project, as bytes. Nothing of it is trusted: that process has read a hostile file, so
 * the manager checks every part before it believes it.
 */
export function encodeOutcome(outcome: Outcome<ReadModel> | Outcome<DecodedProject>): Uint8Array {
  return encodeMessage(outcome);
}

export function readModelReply(file: string, reply: Uint8Array): Outcome<ReadModel> {
  return readOutcome(file, reply, readModelSchema);
}

export function readProjectReply(file: string, reply: Uint8Array): Outcome<DecodedProject> {
  return readOutcome(file, reply, decodedProjectSchema);
}

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const floatsSchema = v.union([v.instance(Float32Array), v.instance(Float64Array)]);
const tensorsSchema: SchemaOf<readonly NamedTensor[]> = v.array(
  v.strictObject({ name: v.string(), shape: v.array(countSchema), values: floatsSchema }),
);

const decodedProjectSchema: SchemaOf<DecodedProject> = v.strictObject({ project: projectSchema, version: countSchema });

const problemSchema: SchemaOf<Problem> = v.strictObject({
  code: v.string(),
  message: v.string(),
  hint: v.string(),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(countSchema),
  column: v.exactOptional(countSchema),
  byteOffset: v.exactOptional(countSchema),
  path: v.exactOptional(v.string()),
});

const layerSchema: SchemaOf<DescribedLayer> = v.strictObject({
  name: v.string(),
  operator: v.string(),
  outputShape: v.nullable(v.array(anyNumber)),
  parameters: countSchema,
});

const statistics = { min: anyNumber, max: anyNumber, mean: anyNumber, deviation: anyNumber, notFinite: countSchema };
const tensorSchema: SchemaOf<DescribedTensor> = v.strictObject({
  name: v.string(),
  type: v.string(),
  // Of what is no array of numbers, a file may say anything.
  shape: v.array(anyNumber),
  statistics: v.nullable(v.strictObject(statistics)),
});

/** Validated by the parser of documents, which knows every rule of it; the data beside it do not matter. */
const specSchema: SchemaOf<NetworkSpec> = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseExperiment({ data: { source: { sample: 'flower' } }, network: dataset.value });
    if (parsed.ok) return parsed.value.network;
    addIssue({ message: 'Expected a network' });
    return NEVER;
  }),
);

const networkSchema: SchemaOf<ImportedNetwork> = v.strictObject({
  spec: specSchema,
  inputShape: shapeSchema,
  outputs: countSchema,
  parameters: tensorsSchema,
});

const readModelSchema: SchemaOf<ReadModel> = v.strictObject({
  format: v.picklist(['onnx', 'tfjs', 'keras', 'safetensors', 'npz', 'json']),
  label: v.string(),
  name: v.string(),
  producer: v.string(),
  layers: v.array(layerSchema),
  tensors: v.array(tensorSchema),
  parameters: countSchema,
  model: v.nullable(modelSchema),
  network: v.nullable(networkSchema),
  weights: tensorsSchema,
  problems: v.array(problemSchema),
  notes: v.array(v.string()),
});

function readOutcome<T>(file: string, reply: Uint8Array, schema: SchemaOf<T>): Outcome<T> {
  const outcomeSchema = v.variant('ok', [
    v.strictObject({ ok: v.literal(true), value: schema }),
    v.strictObject({ ok: v.literal(false), problems: v.pipe(v.array(problemSchema), v.minLength(1)) }),
  ]);
  const message = messageOf(reply);
  if (message === null) return fail(brokenReply(file, 'it is no message'));
  const parsed = v.safeParse(outcomeSchema, message, { abortEarly: true });
  return parsed.success ? parsed.output : fail(brokenReply(file, describeMisfit(parsed.issues)));
}

/** Null for bytes that are none. */
function messageOf(bytes: Uint8Array): unknown {
  try {
    return decodeMessage(bytes);
  } catch {
    return null;
  }
}

function brokenReply(file: string, what: string): Problem {
  return {
    code: 'decode/broken-reply',
    message: `${file} could not be read: its reader gave an answer that makes no sense (${what}).`,
    hint: 'The file may be damaged: download or export it again.',
    file,
  };
}
