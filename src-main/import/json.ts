import * as v from 'valibot';
import { sizeOf } from '../../src-worker/tensor';
import { ProblemError } from '../../src-worker/problem';
import { exactNumberSchema } from '../exact-json';
import { describeMisfit } from '../model-schema';
import type { FileTensor } from './describe-tensor';
import type { ImportFormat } from './format';
import { parseJson } from './parse-json';
import { readingOfArrays } from './readings';
import { damagedModel } from './unsupported';

const MOST_TENSORS = 10_000;

const fileSchema = v.looseObject({
  format: v.literal('layerlab-weights'),
  version: v.literal(1),
  app: v.string(),
  weights: v.record(
    v.string(),
    v.strictObject({
      shape: v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), v.maxLength(8)),
      values: v.unknown(),
      type: v.optional(v.picklist(['float32', 'float64']), 'float32'),
    }),
  ),
});

/** The weights that Layerlab wrote as text. */
export const json: ImportFormat = {
  id: 'json',
  label: 'JSON',
  accepts: ({ bytes }) =>
    /^\s*\{\s*"format"\s*:\s*"layerlab-weights"/.test(new TextDecoder().decode(bytes.subarray(0, 200))),

  read: ([file]) => {
    const { name, bytes } = file!;
    const parsed = v.safeParse(fileSchema, parseJson(bytes, name), { abortEarly: true });
    if (!parsed.success) throw new ProblemError(damagedModel(name, describeMisfit(parsed.issues)));
    const { app, weights, experiment, preprocessing, history = null, optimizer = null } = parsed.output;
    const entries = Object.entries(weights);
    if (entries.length > MOST_TENSORS) throw new ProblemError(damagedModel(name, 'it holds too many arrays'));
    const tensors = entries.map(([called, { shape, values, type }]): FileTensor => {
      const numbers = flatten(values, shape, called, name, bytes.length);
      return { name: called, type, shape, values: type === 'float64' ? numbers : Float32Array.from(numbers) };
    });
    const carry =
      history === null
        ? null
        : JSON.stringify({
            ...{ format: 'layerlab-model', version: 1, experiment, history, optimizer },
            // Code that reads the weights finds it without its envelope.
            preprocessing: { format: 'layerlab-preprocessing', version: 1, preprocessing },
          });
    return Promise.resolve(readingOfArrays({ file: name, producer: app, tensors, layers: [], carry }));
  },
};

/** Nested lists as one array; every level must have the length that the shape gives it. */
function flatten(nested: unknown, shape: readonly number[], called: string, file: string, bytes: number): Float64Array {
  const misfit = (): ProblemError =>
    new ProblemError(
      damagedModel(
        file,
        `the array ${JSON.stringify(called.slice(0, 100))} does not hold the numbers of [${shape.join(', ')}]`,
      ),
    );
  const size = sizeOf(shape);
  // Every number takes a byte of text at least.
  if (!(size <= bytes)) throw misfit();
  const values = new Float64Array(size);
  let at = 0;
  const visit = (value: unknown, axis: number): void => {
    if (axis === shape.length) {
      const number = v.safeParse(exactNumberSchema, value);
      if (!number.success) throw misfit();
      values[at++] = number.output;
      return;
    }
    if (!Array.isArray(value) || value.length !== shape[axis]) throw misfit();
    for (const inner of value) visit(inner, axis + 1);
  };
  visit(nested, 0);
  return values;
}
