import { fail, ProblemError, succeed, type Outcome } from '../../src-worker/problem';
import { json } from './json';
import { keras } from './keras';
import { npz } from './npz';
import { onnx } from './onnx';
import { safetensors } from './safetensors';
import { tfjs } from './tfjs';
import type { ImportFormat, ModelFile } from './format';
import type { ImportFormatId, ReadModel } from './read-model';

/** Every format by its id, those that content tells apart first. To add one: a file, this line and a member of `ImportFormatId`. */
const importFormats = { keras, tfjs, npz, safetensors, json, onnx } satisfies {
  readonly [K in ImportFormatId]: ImportFormat;
};

/** Models are read whole into memory. */
const LARGEST_BYTES = 2 ** 30;

/**
 * Reads a model that another program, or Layerlab, wrote.
 * @param files a model file, with those that it keeps its weights in
 */
export async function readModel(files: readonly ModelFile[]): Promise<Outcome<ReadModel>> {
  const [first] = files;
  if (first === undefined) return fail(noModel('Nothing'));
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > LARGEST_BYTES) {
    return fail({
      code: 'file/too-large',
      message: `${first.name} is larger than 1 GiB.`,
      hint: 'The app trains models that fit into memory several times over: choose a smaller one.',
      file: first.name,
    });
  }
  try {
    for (const format of Object.values<ImportFormat>(importFormats)) {
      const found = files.find((file) => format.accepts(file));
      if (found === undefined) continue;
      const reading = await format.read([found, ...files.filter((file) => file !== found)]);
      return succeed({ format: format.id, label: format.label, name: found.name, ...reading });
    }
    return fail(noModel(first.name));
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    throw error;
  }
}

function noModel(file: string) {
  const labels = Object.values<ImportFormat>(importFormats).map(({ label }) => label);
  return {
    code: 'import/unknown',
    message: `${file} is not a model that can be read.`,
    hint: `Models are read from ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}.`,
    file,
  };
}
