import type { Preprocessing } from '../../api';
import { ProblemError } from '../../problem';
import { decodeImage, ImageError, toGrey } from '.';
import type { Codecs } from './codecs';
import type { ImageEntry } from './image-tree';
import { resize } from './resize';

/**
 * The pixels of an image file as a model that was trained on images takes them before scaling: `[channels, height, width]`, fresh bytes.
 *
 * @throws ProblemError where it cannot be read, or the model takes neither grey nor colours
 */
export async function readAsInput(
  entry: ImageEntry,
  { inputShape, pixels }: Pick<Preprocessing, 'inputShape' | 'pixels'>,
  codecs: Codecs,
): Promise<Uint8Array> {
  const [channels = 0, height = 0, width = 0] = inputShape;
  const { name: file } = entry;
  if (channels !== 1 && channels !== 3) {
    throw new ProblemError({
      code: 'images/channels',
      message: `${file} is an image of grey or three colours, but the model was trained on ${channels} channels.`,
      hint: 'Give it an array with as many channels.',
      file,
    });
  }
  try {
    const decoded = await decodeImage(await entry.read(), codecs);
    const image = resize(channels === 1 ? toGrey(decoded) : decoded, { width, height }, pixels?.fit ?? 'stretch');
    const planes = new Uint8Array(channels * height * width);
    const plane = height * width;
    for (let c = 0; c < channels; c++) {
      const from = image.channels === 1 ? 0 : c;
      for (let p = 0; p < plane; p++) planes[c * plane + p] = image.pixels[p * image.channels + from]!;
    }
    return planes;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    throw new ProblemError({
      code: 'images/unreadable',
      message: `${file} cannot be read: ${error.message}.`,
      hint: 'Save it anew as PNG or JPEG.',
      file,
    });
  }
}
