import type { DataSpec, Preprocessing } from '../api';
import type { Examples, Part, Precision } from '../engine';
import type { ClassWeights } from '../experiment/document';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import { browseImages } from './browse/browse-images';
import { lazily } from './browse/lazily';
import { weighExamples } from './class-weights';
import { classIndices } from './class-indices';
import { pathOf } from './column-decisions';
import { copiesIn, warnOfDuplicates, type Repeats } from './duplicates';
import { encodeTargets } from './encode-table';
import { fitChannels, pixelsOf, rangesOf } from './image-pixels';
import { MAX_CLASSES } from './limits';
import type { LabelledImages, LoadedImages } from './loaded';
import { nothingToTrain } from './nothing-to-train';
import type { PreparedData } from './prepared';
import { repeatedImages } from './repeated-images';
import { split } from './split-methods';
import { countByPart, nameOfLabel, summarizeImages } from './summarize-images';
import { relabel } from './table-target';
import { createVariation, isVaried } from './variation';
import { warnOfClasses } from './warn-of-classes';
import { warnOfSingledOut } from './warn-of-singled-out';

export interface ImagePart {
  readonly source: LabelledImages;
  readonly rows: Uint32Array;
  /** Class index of each image of `source`. */
  readonly classOf: Int32Array;
}

export type ImageParts = Readonly<Record<Part, ImagePart>>;

/** The one column that images have beside their pixels. */
export const LABEL = 'label';

/**
 * Images with labels as examples `[count, channels, height, width]`: classes are the different labels, in rising order. 8-bit
 * pixels are handed on as they are, with the scaling of each channel that was measured on the training part.
 *
 * @throws ProblemError where the labels are no classes or the document speaks of other columns
 */
export function prepareImages(loaded: LoadedImages, spec: DataSpec): PreparedData {
  checkColumns(spec.columns, loaded.images.file);
  const labels = classesOf(loaded);
  const classes = labels.map((label) => nameOfLabel(loaded.images, label));
  const warnings: Problem[] = [...loaded.warnings];
  const parts = divide(loaded, labels, classes, spec);
  const { channels, height, width } = loaded.images;
  const scalings = fitChannels(parts.train.source, parts.train.rows, spec.scaling);
  const preprocessing: Preprocessing = {
    task: labels.length === 2 ? 'binary' : 'multi-class',
    inputShape: [channels, height, width],
    features: [],
    pixels: {
      offset: scalings.map(({ offset }) => offset),
      scale: scalings.map(({ scale }) => scale),
      ...(loaded.reading !== undefined && { fit: loaded.reading.fit }),
    },
    target: { name: LABEL, classes, mean: 0, deviation: 1 },
  };
  const { augmentation } = spec;
  const ranges = isVaried(augmentation) ? rangesOf(parts.train.source, parts.train.rows, scalings) : null;
  const variation =
    isVaried(augmentation) && ranges !== null ? createVariation(augmentation, preprocessing.inputShape, ranges) : null;
  const classCounts = countByPart(classes.length, parts);
  warnings.push(...warnOfClasses(classes, classCounts, LABEL));
  if (loaded.devImages !== undefined && spec.split.method === 'folds') {
    warnings.push(devFolderUnused(loaded.devImages, loaded.images.file));
  }
  warnings.push(...warnOfSingledOut(spec, loaded.images.count, loaded.title));
  const repeats = loaded.generated ? null : repeatsIn(loaded.images, parts);
  const duplicates = repeats && warnOfDuplicates(repeats, 'image', loaded.images.file);
  if (duplicates !== null) warnings.push(duplicates);
  const copies = repeats === null ? [] : copiesIn(repeats);
  const examples = (
    part: Part,
    outputs: number,
    precision: Precision = 'float32',
    classWeights: ClassWeights = 'none',
  ): Examples | null => {
    const { source, rows, classOf } = parts[part];
    if (rows.length === 0) return null;
    const x = pixelsOf(source, rows, scalings, precision);
    const y = encodeTargets(rows, (row) => classOf[row]!, preprocessing, outputs, precision);
    const classAt = (n: number): number => classOf[rows[n]!]!;
    if (part !== 'train') return { count: rows.length, x, y };
    const weights = weighExamples(classWeights, rows.length, classes, classAt, precision);
    return {
      ...{ count: rows.length, x, y },
      ...(weights !== undefined && { weights }),
      ...(variation !== null && { variation }),
    };
  };
  return {
    summary: summarizeImages(loaded, spec, preprocessing, parts, warnings),
    preprocessing,
    ranges,
    browser: lazily(() => browseImages({ loaded, spec, parts, labels, classCounts, copies })),
    examples,
    bindable: examples,
    raw(part, most, from = 0) {
      const { source, rows } = parts[part];
      if (rows.length === 0) return null;
      const first = rows.subarray(from, from + most);
      const size = channels * height * width;
      const pixels = new Float32Array(first.length * size);
      first.forEach((row, n) => pixels.set(source.pixels.subarray(row * size, (row + 1) * size), n * size));
      return { count: first.length, rows: [], pixels };
    },
    targetOf: (part, index) => parts[part].classOf[parts[part].rows[index]!]!,
  };
}

function checkColumns(columns: DataSpec['columns'], file: string): void {
  const unknown = Object.keys(columns).find((name) => name !== LABEL);
  const wrong = Object.hasOwn(columns, LABEL) ? columns[LABEL]! : {};
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, [LABEL]);
    throw new ProblemError({
      code: 'data/unknown-column',
      message: `${file} holds images, which have no column "${unknown}".`,
      hint: nearest === null ? 'Take it out of the document.' : `Did you mean "${nearest}"?`,
      file,
      path: pathOf(unknown),
    });
  }
  if (
    (wrong.type !== undefined && wrong.type !== 'category') ||
    (wrong.role !== undefined && wrong.role !== 'target')
  ) {
    throw new ProblemError({
      code: 'data/label-role',
      message: 'The label of images is their class and the target.',
      hint: `Take ${LABEL} out of the document’s columns.`,
      file,
      path: pathOf(LABEL),
    });
  }
}

function classesOf({ images, devImages, testImages }: LoadedImages): readonly number[] {
  const different = new Set<number>(images.labels);
  if (different.size < 2) {
    throw new ProblemError({
      code: 'data/constant-target',
      message: `All labels of ${images.labelFile} are ${images.labels[0] ?? 'missing'}, so there is nothing to tell apart.`,
      hint: 'Check that the label file belongs to the images.',
      file: images.labelFile,
    });
  }
  for (const more of [devImages, testImages]) for (const label of more?.labels ?? []) different.add(label);
  if (different.size > MAX_CLASSES) {
    throw new ProblemError({
      code: 'data/too-many-classes',
      message: `${images.labelFile} holds ${different.size.toLocaleString('en')} different labels; the app tells up to ${MAX_CLASSES.toLocaleString('en')} classes apart.`,
      hint: 'Check that these are labels and not measurements.',
      file: images.labelFile,
    });
  }
  return [...different].sort((a, b) => a - b);
}

function divide(
  { images, devImages, testImages }: LoadedImages,
  labels: readonly number[],
  classes: readonly string[],
  spec: DataSpec,
): ImageParts {
  if (spec.split.method === 'column') throw new ProblemError(splitsByColumn(images.file));
  const own = classIndices(images, labels);
  const classAt = relabel((image) => own[image]!, spec.relabelled, classes);
  const classOf = Int32Array.from(own, (_, image) => classAt(image));
  const excluded = new Set(spec.excluded);
  const used = Uint32Array.from(own.keys()).filter((image) => !excluded.has(image));
  const ownDev = devImages !== undefined && spec.split.method !== 'folds';
  const { train, dev, test } = split({
    count: used.length,
    groupOf: spec.split.stratify ? Int32Array.from(used, (image) => classOf[image]!) : null,
    // What the dev share would take is trained on, as with the share of a test file.
    spec: ownDev ? { ...spec.split, train: spec.split.train + spec.split.dev, dev: 0 } : spec.split,
    ownTest: testImages !== null,
    partOf: () => 'train',
    keyOf: null,
  });
  if (train.length === 0) throw new ProblemError(nothingToTrain(images.file));
  const pick = (places: Uint32Array): ImagePart => ({
    source: images,
    rows: places.map((place) => used[place]!),
    classOf,
  });
  const whole = (source: LabelledImages): ImagePart => ({
    source,
    rows: Uint32Array.from(source.labels.keys()),
    classOf: classIndices(source, labels),
  });
  return {
    train: pick(train),
    dev: ownDev ? whole(devImages) : pick(dev),
    test: testImages === null ? pick(test) : whole(testImages),
  };
}

function splitsByColumn(file: string): Problem {
  return {
    code: 'data/split-images',
    message: `${file} holds images, which have no column to split by.`,
    hint: 'Split by shares, in order or in folds, or give a test file.',
    file,
    path: 'data.split.method',
  };
}

function devFolderUnused({ count }: LabelledImages, file: string): Problem {
  return {
    code: 'data/dev-folder-unused',
    message: `The dev folder of ${file} (images: ${count.toLocaleString('en')}) is not used: with k folds each fold is the dev part once.`,
    hint: 'Split by shares to judge by the dev folder, or move its images beside those of the training.',
    file,
    path: 'data.split.method',
  };
}

/** Images of the first file that repeat others pixel by pixel, whatever their label. */
function repeatsIn(images: LabelledImages, parts: ImageParts): Repeats {
  const rowsOf = ({ source, rows }: ImagePart): Uint32Array => (source === images ? rows : new Uint32Array());
  const firsts = repeatedImages(images);
  return { firsts, parts: { train: rowsOf(parts.train), dev: rowsOf(parts.dev), test: rowsOf(parts.test) } };
}
