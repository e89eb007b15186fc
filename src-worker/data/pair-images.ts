import { ProblemError, type Problem } from '../problem';
import type { ArrayFile } from './formats';
import type { LabelledImages } from './loaded';

/**
 * Puts an array of images and the array of their labels together, told apart by what they hold, in whichever order they came.
 *
 * @throws ProblemError where one of the two is missing, there are several, or their counts differ
 */
export function pairImages(files: readonly ArrayFile[], path: string): LabelledImages {
  const images = files.filter(({ shape }) => shape.length === 3);
  const labels = files.filter(({ shape }) => shape.length === 1);
  const other = files.find(({ shape }) => shape.length !== 1 && shape.length !== 3);
  if (other !== undefined) throw new ProblemError(wrongRank(other, path));
  if (images.length > 1 || labels.length > 1) throw new ProblemError(tooMany(files, path));
  const [image] = images;
  const [label] = labels;
  if (image === undefined) throw new ProblemError(withoutImages(label!, path));
  if (label === undefined) throw new ProblemError(withoutLabels(image, path));

  const [count, height, width] = image.shape as [number, number, number];
  if (label.shape[0] !== count) throw new ProblemError(countMismatch(image, label, path));
  if (count * height * width === 0) throw new ProblemError(noPixels(image, path));
  return {
    file: image.name,
    labelFile: label.name,
    count,
    channels: 1,
    height,
    width,
    pixels: image.values,
    labels: readLabels(label, path),
  };
}

function readLabels({ values, name }: ArrayFile, path: string): Int32Array {
  const labels = Int32Array.from(values);
  const wrong = values.findIndex((value, index) => value !== labels[index]);
  if (wrong !== -1) {
    throw new ProblemError({
      code: 'idx/labels-not-classes',
      message: `${name} holds ${values[wrong]} as label ${wrong + 1}, which is no whole number and so no class.`,
      hint: 'Give a file of labels 0, 1, 2 and so on.',
      file: name,
      path,
    });
  }
  return labels;
}

function withoutLabels({ name, shape }: ArrayFile, path: string): Problem {
  return {
    code: 'idx/images-without-labels',
    message: `${name} holds ${shape[0]!.toLocaleString('en')} images, but their labels are missing.`,
    hint: `Drop their label file too, probably ${partner(name, 'images', 'labels', 'idx3', 'idx1')}.`,
    file: name,
    path,
  };
}

function withoutImages({ name, shape }: ArrayFile, path: string): Problem {
  return {
    code: 'idx/labels-without-images',
    message: `${name} holds ${shape[0]!.toLocaleString('en')} labels, but their images are missing.`,
    hint: `Drop their image file too, probably ${partner(name, 'labels', 'images', 'idx1', 'idx3')}.`,
    file: name,
    path,
  };
}

/** The name that the files of MNIST and its followers give the other one of a pair. */
function partner(name: string, from: string, to: string, fromRank: string, toRank: string): string {
  const renamed = name.replace(from, to).replace(fromRank, toRank);
  return renamed === name ? `the one called *-${to}-${toRank}-ubyte` : renamed;
}

function countMismatch(image: ArrayFile, label: ArrayFile, path: string): Problem {
  return {
    code: 'idx/count-mismatch',
    message: `${image.name} holds ${image.shape[0]!.toLocaleString('en')} images, but ${label.name} ${label.shape[0]!.toLocaleString('en')} labels.`,
    hint: 'Give the label file that belongs to these images.',
    file: label.name,
    // Where an IDX file keeps its count.
    byteOffset: 4,
    path,
  };
}

function tooMany(files: readonly ArrayFile[], path: string): Problem {
  return {
    code: 'idx/too-many-files',
    message: `${files.map(({ name }) => name).join(', ')}: there is more than one file of images or of labels.`,
    hint: 'Give one file of images and one of labels; a second pair can be the test files.',
    path,
  };
}

function wrongRank({ name, shape }: ArrayFile, path: string): Problem {
  return {
    code: 'idx/rank',
    message: `${name} holds an array of ${shape.join(' × ')}; images are count × height × width, and labels a plain list.`,
    hint: 'Give grey images as IDX of rank 3 and labels of rank 1.',
    file: name,
    path,
  };
}

function noPixels({ name, shape }: ArrayFile, path: string): Problem {
  return {
    code: 'idx/no-images',
    message: `${name} holds ${shape.join(' × ')} images: nothing to learn from.`,
    hint: 'Get the file again from where the data set is published.',
    file: name,
    path,
  };
}
