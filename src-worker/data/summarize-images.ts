import type { DataSpec, DataSummary, Preprocessing } from '../api';
import type { Part } from '../engine';
import type { Problem } from '../problem';
import { sizeOf, type Shape } from '../tensor';
import { bytesOf } from './image-bytes';
import { PREVIEW_IMAGES } from './limits';
import type { LabelledImages, LoadedImages } from './loaded';
import { LABEL, type ImageParts } from './prepare-images';
import { bytesRanges, createVariation } from './variation';

/** What the window shows of prepared images. */
export function summarizeImages(
  loaded: LoadedImages,
  spec: Pick<DataSpec, 'excluded' | 'relabelled' | 'augmentation'>,
  { task, target, inputShape }: Preprocessing,
  parts: ImageParts,
  warnings: readonly Problem[],
): DataSummary {
  const { images, testImages, devImages, reading = null } = loaded;
  const { classes } = target;
  const { train, dev, test } = countByPart(classes.length, parts);
  const counts = classes.map((_, index) => train[index]! + dev[index]! + test[index]!);
  const ranked = classes
    .map((value, index) => ({ value, count: counts[index]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 20);
  const sizes = { train: parts.train.rows.length, dev: parts.dev.rows.length, test: parts.test.rows.length };
  return {
    title: loaded.title,
    kind: 'images',
    rows: images.count + (devImages?.count ?? 0) + (testImages?.count ?? 0),
    usedRows: sizes.train + sizes.dev + sizes.test,
    excluded: spec.excluded.filter((image) => image < images.count).length,
    relabelled: Object.keys(spec.relabelled).filter((image) => Number(image) < images.count).length,
    columns: [
      {
        name: LABEL,
        type: 'category',
        role: 'target',
        reason:
          reading === null
            ? `Target: ${images.labelFile} labels the images.`
            : 'Target: the folder of each image names its class.',
        holes: 0,
        distinct: classes.length,
        numeric: null,
        dates: null,
        categories: ranked,
      },
    ],
    target: LABEL,
    task,
    taskReason:
      reading === null
        ? `${images.labelFile} gives each image one of ${classes.length} labels, which are classes.`
        : `The images lie in ${classes.length} folders, which are classes.`,
    classes,
    ...{ classCounts: counts, trainCounts: [...train] },
    inputShape,
    featureNames: [],
    parts: sizes,
    workbook: null,
    warnings,
    preview: [],
    imageReading: reading,
    images: thumbnails(images, reading !== null),
    variants: variantsOf(parts.train, spec.augmentation, inputShape),
    points: null,
  };
}

/** Images of each class, by part. */
export function countByPart(classes: number, parts: ImageParts): Readonly<Record<Part, Uint32Array>> {
  const count = ({ rows, classOf }: ImageParts[Part]): Uint32Array => {
    const counts = new Uint32Array(classes);
    for (const row of rows) counts[classOf[row]!]!++;
    return counts;
  };
  return { train: count(parts.train), dev: count(parts.dev), test: count(parts.test) };
}

/** The name of a label: its class, or the number itself where classes have no names. */
export function nameOfLabel({ classNames }: LabelledImages, label: number): string {
  return classNames?.[label] ?? String(label);
}

/**
 * Some images as bytes.
 * @param spread whether they are taken from all over: files come class by class
 */
function thumbnails(images: LabelledImages, spread: boolean): DataSummary['images'] {
  const { labels, count } = images;
  const shown = Math.min(count, PREVIEW_IMAGES);
  return Array.from({ length: shown }, (_, place) => {
    const n = spread ? Math.floor((place * count) / shown) : place;
    return { pixels: bytesOf(images, n), label: nameOfLabel(images, labels[n]!) };
  });
}

const SHOWN_EPOCHS = [1, 2, 3, 4];

/** The first image of the training part as it is, and as the first epochs see it; nothing where images are not varied. */
function variantsOf(
  { source, rows }: ImageParts[Part],
  augmentation: DataSpec['augmentation'],
  inputShape: Shape,
): DataSummary['variants'] {
  const variation = augmentation && createVariation(augmentation, inputShape, bytesRanges(inputShape));
  if (!variation) return [];
  const size = sizeOf(inputShape);
  const original = bytesOf(source, rows[0]!);
  const variants = SHOWN_EPOCHS.map((epoch) => {
    const varied = new Uint8Array(size);
    variation.vary(epoch, 0, original, 0, varied, 0);
    return varied;
  });
  return [original, ...variants];
}
