import type { Preprocessing } from '../api';
import type { ArrayFile, ImagesFile } from '../data/formats';
import { createCodecs } from '../data/images';
import type { LoadCodec } from '../data/images/codecs';
import { readAsInput } from '../data/images/read-as-input';
import type { PixelArray } from '../data/loaded';
import { planesOf } from '../data/pair-images';
import { ProblemError } from '../problem';
import { sizeOf } from '../tensor';
import type { ModelInputs } from './model-inputs';

/** The images of an array. @throws ProblemError where the model was trained on something else */
export function imageInputs(preprocessing: Preprocessing, data: ArrayFile): ModelInputs {
  const { inputShape } = preprocessing;
  const [rows = 0, ...image] = data.shape;
  const isImages = image.length === 2 || image.length === 3;
  const planes = isImages ? planesOf(data, '') : null;
  const found = planes === null ? [] : [planes.channels, planes.height, planes.width];
  if (preprocessing.pixels === null || planes === null || found.some((size, axis) => size !== inputShape[axis])) {
    throw otherData(preprocessing, data.name, isImages ? `images of ${image.join(' × ')}` : 'no images');
  }
  return inputsOfPixels(preprocessing, rows, null, planes.pixels);
}

/**
 * Image files, brought to the size and colours that the model was trained on in the way in which its own images were.
 * @param loadCodec brings the decoders of JPEG and WebP
 * @throws ProblemError where one cannot be read, or the model was trained on something else
 */
export async function imageFileInputs(
  preprocessing: Preprocessing,
  data: ImagesFile,
  loadCodec: LoadCodec | null,
): Promise<ModelInputs> {
  if (preprocessing.pixels === null) throw otherData(preprocessing, data.name, 'images');
  const codecs = createCodecs(loadCodec);
  const size = sizeOf(preprocessing.inputShape);
  const pixels = new Uint8Array(data.entries.length * size);
  for (const [index, entry] of data.entries.entries()) {
    pixels.set(await readAsInput(entry, preprocessing, codecs), index * size);
  }
  const names = data.entries.map(({ name }) => name);
  return inputsOfPixels(preprocessing, names.length, names, pixels);
}

function inputsOfPixels(
  { inputShape, pixels }: Preprocessing,
  rows: number,
  names: readonly string[] | null,
  values: PixelArray,
): ModelInputs {
  const size = sizeOf(inputShape);
  const plane = sizeOf(inputShape.slice(1));
  const { offset, scale } = pixels ?? { offset: [], scale: [] };
  return {
    rows,
    names,
    slice(from, count) {
      const x = new Float32Array(count * size);
      for (let i = 0; i < x.length; i++) {
        const channel = Math.floor((i % size) / plane);
        x[i] = ((values[from * size + i] ?? NaN) - (offset[channel] ?? 0)) * (scale[channel] ?? 1);
      }
      return x;
    },
  };
}

function otherData({ pixels, inputShape, features }: Preprocessing, file: string, found: string): ProblemError {
  const [channels, ...plane] = inputShape;
  const colours = channels === 1 ? '' : ` and ${channels} channels`;
  const wanted =
    pixels === null ? `a table with ${features.length} columns` : `images of ${plane.join(' × ')}${colours}`;
  return new ProblemError({
    code: 'predict/other-data',
    message: `${file} holds ${found}, but the model was trained on ${wanted}.`,
    hint: 'Give it data of the same kind and size.',
    file,
  });
}
