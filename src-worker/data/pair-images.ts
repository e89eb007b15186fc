import { arrayKey } from '../experiment/file-roles';
import { ProblemError } from '../problem';
import type { ArrayFile } from './formats';
import { pairingProblems as problems } from './pairing-problems';
import type { LabelledImages, PixelArray } from './loaded';

const LABEL_KEY = /^(?:y|labels?|targets?|class(?:es)?|digits?)$/i;
const MAX_CHANNELS = 4;

/** Whether an array is named like labels: `y_train.npy`, `labels.npy`. */
export function isLabelFile(name: string): boolean {
  return LABEL_KEY.test(arrayKey(name));
}

/**
 * Puts an array of images and the array of their labels together, told apart by what they hold, in whichever order they came.
 * Images are `[n, height, width]`, `[n, height, width, channels]` or `[n, channels, height, width]` with at most 4 channels; labels
 * `[n]`, `[n, 1]` or one-hot `[n, classes]`, whole numbers or texts.
 *
 * @throws ProblemError where one of the two is missing, there are several, or their counts differ
 */
export function pairImages(files: readonly ArrayFile[], path: string): LabelledImages {
  const images = files.filter(({ shape }) => shape.length >= 3);
  const lists = files.filter(({ shape }) => shape.length < 3);
  const named = lists.filter(({ name }) => isLabelFile(name));
  const labels = named.length === 1 ? named : lists;
  const other = images.find(({ shape }) => shape.length > 4);
  if (other !== undefined) throw new ProblemError(problems.wrongRank(other, path));
  if (images.length > 1 || labels.length > 1) throw new ProblemError(problems.tooMany(files, path));
  const [image] = images;
  const [label] = labels;
  if (image === undefined) throw new ProblemError(problems.withoutImages(label!, path));
  if (label === undefined) throw new ProblemError(problems.withoutLabels(image, path));
  if (image.texts !== null) throw new ProblemError(problems.noPixels(image, path));

  const count = image.shape[0]!;
  if (label.shape[0] !== count) throw new ProblemError(problems.countMismatch(image, label, path));
  if (image.shape.includes(0)) throw new ProblemError(problems.noPixels(image, path));
  return {
    file: image.name,
    labelFile: label.name,
    count,
    ...planesOf(image, path),
    ...readLabels(label, path),
  };
}

/** Pixels with channels before rows, whichever way the file has them; fresh only where something had to move. */
export function planesOf(
  { shape, values, name }: ArrayFile,
  path: string,
): Pick<LabelledImages, 'channels' | 'height' | 'width' | 'pixels'> {
  const [, first = 1, second = 1, third] = shape;
  if (third === undefined) return { channels: 1, height: first, width: second, pixels: values };
  if (third <= MAX_CHANNELS) {
    const plane = first * second;
    return { channels: third, height: first, width: second, pixels: channelsFirst(values, plane, third) };
  }
  if (first > MAX_CHANNELS) throw new ProblemError(problems.noChannels(name, shape, path));
  return { channels: first, height: second, width: third, pixels: values };
}

/** `[n, plane, channels]` as `[n, channels, plane]`; fresh unless there is nothing to move. */
function channelsFirst(values: PixelArray, plane: number, channels: number): PixelArray {
  if (channels === 1) return values;
  const moved = values.slice();
  const size = plane * channels;
  for (let start = 0; start < values.length; start += size) {
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < plane; p++) moved[start + c * plane + p] = values[start + p * channels + c]!;
    }
  }
  return moved;
}

function readLabels(label: ArrayFile, path: string): Pick<LabelledImages, 'labels' | 'classNames'> {
  const { values, name, shape, texts } = label;
  const width = shape[1] ?? 1;
  if (texts !== null) {
    if (width !== 1) throw new ProblemError(problems.wrongRank(label, path));
    // Classes come in the order of their names and not of their first rows.
    const classNames = texts.toSorted();
    return { labels: Int32Array.from(values, (code) => classNames.indexOf(texts[code]!)), classNames };
  }
  if (width > 1) return { labels: fromOneHot(label, width, path), classNames: null };
  const labels = Int32Array.from(values);
  const wrong = values.findIndex((value, index) => value !== labels[index]);
  if (wrong !== -1) throw new ProblemError(problems.notClasses(name, values[wrong]!, wrong, path));
  return { labels, classNames: null };
}

function fromOneHot(label: ArrayFile, width: number, path: string): Int32Array {
  const { values, shape } = label;
  return Int32Array.from({ length: shape[0]! }, (_, row) => {
    const line = values.subarray(row * width, (row + 1) * width);
    const one = line.indexOf(1);
    const rest = line.every((value, index) => value === (index === one ? 1 : 0));
    if (one === -1 || !rest) throw new ProblemError(problems.notOneHot(label, row, path));
    return one;
  });
}
