import type { Problem } from '../problem';
import type { ArrayFile } from './formats';

const count = (shape: readonly number[]): string => (shape[0] ?? 1).toLocaleString('en');

/** What can be wrong with arrays that should be images and their labels. */
export const pairingProblems = {
  withoutLabels: ({ name, shape }: ArrayFile, path: string): Problem => ({
    code: 'idx/images-without-labels',
    message: `${name} holds ${count(shape)} images, but their labels are missing.`,
    hint: `Drop their label file too, probably ${partner(name, 'images', 'labels', 'idx3', 'idx1')}.`,
    file: name,
    path,
  }),
  withoutImages: ({ name, shape }: ArrayFile, path: string): Problem => ({
    code: 'idx/labels-without-images',
    message: `${name} holds ${count(shape)} labels, but their images are missing.`,
    hint: `Drop their image file too, probably ${partner(name, 'labels', 'images', 'idx1', 'idx3')}.`,
    file: name,
    path,
  }),
  countMismatch: (image: ArrayFile, label: ArrayFile, path: string): Problem => ({
    code: 'idx/count-mismatch',
    message: `${image.name} holds ${count(image.shape)} images, but ${label.name} ${count(label.shape)} labels.`,
    hint: 'Give the label file that belongs to these images.',
    file: label.name,
    // Where an IDX file keeps its count.
    ...(/\.npy$/i.test(label.name) ? {} : { byteOffset: 4 }),
    path,
  }),
  tooMany: (files: readonly ArrayFile[], path: string): Problem => ({
    code: 'idx/too-many-files',
    message: `${files.map(({ name }) => name).join(', ')}: there is more than one file of images or of labels.`,
    hint: 'Give one file of images and one of labels; a second pair can be the test files.',
    path,
  }),
  wrongRank: ({ name, shape }: ArrayFile, path: string): Problem => ({
    code: 'idx/rank',
    message: `${name} holds an array of ${shape.join(' × ')}; images are count × height × width, with channels before or after, and labels a plain list.`,
    hint: 'Give images of rank 3 or 4 and labels of rank 1.',
    file: name,
    path,
  }),
  noChannels: (name: string, shape: readonly number[], path: string): Problem => ({
    code: 'array/channels',
    message: `${name} holds an array of ${shape.join(' × ')}, in which no axis is short enough for the channels of an image (1 to 4).`,
    hint: 'Save images as count × height × width × channels.',
    file: name,
    path,
  }),
  noPixels: ({ name, shape }: ArrayFile, path: string): Problem => ({
    code: 'idx/no-images',
    message: `${name} holds ${shape.join(' × ')} images: nothing to learn from.`,
    hint: 'Get the file again from where the data set is published.',
    file: name,
    path,
  }),
  notClasses: (name: string, value: number, index: number, path: string): Problem => ({
    code: 'idx/labels-not-classes',
    message: `${name} holds ${value} as label ${index + 1}, which is no whole number and so no class.`,
    hint: 'Give a file of labels 0, 1, 2 and so on.',
    file: name,
    path,
  }),
  notOneHot: ({ name, shape }: ArrayFile, row: number, path: string): Problem => ({
    code: 'array/not-one-hot',
    message: `${name} holds ${shape.join(' × ')} values, but row ${row + 1} is not a single 1 among zeros, so it names no class.`,
    hint: 'Give one label for each image, or one-hot labels.',
    file: name,
    path,
  }),
} satisfies Record<string, (...about: never[]) => Problem>;

/** The name that the files of MNIST and its followers give the other one of a pair. */
function partner(name: string, from: string, to: string, fromRank: string, toRank: string): string {
  const renamed = name.replace(from, to).replace(fromRank, toRank);
  if (renamed !== name) return renamed;
  return /\.npy$/i.test(name)
    ? `an array called ${to}.npy or ${to === 'labels' ? 'y' : 'X'}.npy`
    : `the one called *-${to}-${toRank}-ubyte`;
}
