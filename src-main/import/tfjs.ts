import * as v from 'valibot';
import { ProblemError } from '../../src-worker/problem';
import { sizeOf, type FloatArray } from '../../src-worker/tensor';
import { CARRY_KEY } from '../carry';
import { describeMisfit } from '../model-schema';
import { readZip } from '../zip';
import type { FileTensor } from './describe-tensor';
import type { ImportFormat, ModelFile } from './format';
import { assembleKeras, describeTopology, isObject, topologyOf, type TopologyLayer } from './keras/topology';
import { parseJson } from './parse-json';
import { readingOfLayers } from './readings';
import { damagedModel, Unsupported } from './unsupported';
import { hasEntry } from './zip-entries';
import { widenFloat16 } from '../half';

const MODEL = 'model.json';
const MOST_WEIGHTS = 10_000;

const sizeSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const documentSchema = v.looseObject({
  format: v.optional(v.string(), 'layers-model'),
  generatedBy: v.optional(v.nullable(v.string()), ''),
  modelTopology: v.unknown(),
  weightsManifest: v.optional(
    v.array(
      v.looseObject({
        paths: v.pipe(v.array(v.string()), v.maxLength(MOST_WEIGHTS)),
        weights: v.pipe(
          v.array(
            v.looseObject({
              name: v.string(),
              shape: v.pipe(v.array(sizeSchema), v.maxLength(8)),
              dtype: v.string(),
              quantization: v.optional(
                v.looseObject({ dtype: v.string(), scale: v.optional(v.number()), min: v.optional(v.number()) }),
              ),
            }),
          ),
          v.maxLength(MOST_WEIGHTS),
        ),
      }),
    ),
    [],
  ),
  userDefinedMetadata: v.optional(v.unknown()),
});

type Weight = v.InferOutput<typeof documentSchema>['weightsManifest'][number]['weights'][number];

/** A layers model of TensorFlow.js: `model.json` with the files that it names, in a zip or dropped together. */
export const tfjs: ImportFormat = {
  id: 'tfjs',
  label: 'TensorFlow.js',
  accepts: ({ name, bytes }) =>
    hasEntry(bytes, (entry) => entry === MODEL || entry.endsWith(`/${MODEL}`)) ||
    (/\.json$/i.test(name) && /"(modelTopology|weightsManifest)"/.test(new TextDecoder().decode(bytes))),

  async read(files) {
    const [first] = files;
    const { name } = first!;
    const zipped = first!.bytes[0] === 0x50;
    const parts: readonly ModelFile[] = zipped
      ? [...(await readZip(first!.bytes, name, 'model'))].map(([path, bytes]) => ({ name: path, bytes }))
      : files;
    const model = zipped ? parts.find((part) => baseName(part.name) === MODEL) : first;
    if (model === undefined) throw new ProblemError(damagedModel(name, `it has no ${MODEL}`));
    const parsed = v.safeParse(documentSchema, parseJson(model.bytes, model.name), { abortEarly: true });
    if (!parsed.success) throw new ProblemError(damagedModel(name, describeMisfit(parsed.issues)));
    const { format, generatedBy, modelTopology, weightsManifest, userDefinedMetadata } = parsed.output;
    const tensors = weightsManifest.flatMap(({ paths, weights }) =>
      decodeGroup(concatenated(paths, parts, name), weights, name),
    );
    const topology = topologyOf(
      isObject(modelTopology) && isObject(modelTopology['model_config'])
        ? modelTopology['model_config']
        : modelTopology,
    );
    const weightsOf = ({ name: layer }: TopologyLayer): readonly FileTensor[] =>
      tensors.filter((tensor) => tensor.name.startsWith(`${layer}/`));
    const carry = isObject(userDefinedMetadata) ? userDefinedMetadata[CARRY_KEY] : undefined;
    const known = {
      ...{ file: name, producer: generatedBy ?? '', tensors },
      layers: topology === null ? [] : describeTopology(topology, weightsOf),
      carry: carry === undefined ? null : JSON.stringify(carry),
    };
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    return readingOfLayers(known, () => {
      if (topology === null || format !== 'layers-model')
        throw new Unsupported(
          { operator: 'The model', name: '' },
          `is of the format ${format.slice(0, 50)}`,
          'layers-model, Sequential or Functional',
        );
      return assembleKeras(topology, undefined, bytes, weightsOf);
    });
  },
};

function concatenated(paths: readonly string[], parts: readonly ModelFile[], file: string): Uint8Array {
  // Each once, so that a list of paths cannot make more of the files than they hold.
  if (new Set(paths).size !== paths.length) throw new ProblemError(damagedModel(file, 'it names a file twice'));
  const pieces = paths.map((path) => {
    const found = parts.find((part) => baseName(part.name) === baseName(path));
    if (found !== undefined) return found.bytes;
    throw new ProblemError({
      code: 'import/missing-weights',
      message: `${file} keeps its weights in ${path.slice(0, 100)}, which is not there.`,
      hint: 'Give both together, or a zip of them.',
      file,
    });
  });
  return new Uint8Array(Buffer.concat(pieces));
}

const STORED: Readonly<
  Record<string, { readonly bytes: number; readonly decode: (buffer: ArrayBuffer) => FloatArray }>
> = {
  float32: { bytes: 4, decode: (buffer) => new Float32Array(buffer) },
  float16: { bytes: 2, decode: (buffer) => widenFloat16(new Uint16Array(buffer)) },
  int32: { bytes: 4, decode: (buffer) => Float64Array.from(new Int32Array(buffer)) },
  uint16: { bytes: 2, decode: (buffer) => Float32Array.from(new Uint16Array(buffer)) },
  uint8: { bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  bool: { bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
};

/** Arrays lie one after another; quantised ones as q · scale + min. */
function decodeGroup(bytes: Uint8Array, weights: readonly Weight[], file: string): readonly FileTensor[] {
  let at = 0;
  return weights.map(({ name, shape, dtype, quantization }) => {
    const called = JSON.stringify(name.slice(0, 100));
    const stored = quantization?.dtype ?? dtype;
    const type = Object.hasOwn(STORED, stored) ? STORED[stored] : undefined;
    if (type === undefined)
      throw new ProblemError(damagedModel(file, `the array ${called} is of the unknown type ${stored.slice(0, 50)}`));
    const size = sizeOf(shape) * type.bytes;
    if (!(size <= bytes.length - at))
      throw new ProblemError(damagedModel(file, `its weights end in front of ${called}`));
    const values = type.decode(new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += size;
    const { scale, min = 0 } = quantization ?? {};
    return { name, type: stored, shape, values: scale === undefined ? values : values.map((q) => q * scale + min) };
  });
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
