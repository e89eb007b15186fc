import type { LabelledImages } from './loaded';

/** The class index of each image as its file labels it, fresh. */
export function classIndices({ labels: own }: LabelledImages, labels: readonly number[]): Int32Array {
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  return own.map((label) => indexOf.get(label)!);
}
