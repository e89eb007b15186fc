import type { DataSpec, DataSummary, Preprocessing } from '../api';
import type { Examples, Part, Precision } from '../engine';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import { createRandom } from '../random';
import { pathOf } from './column-decisions';
import { encodeTargets } from './encode-table';
import { fitChannels, pixelsOf } from './image-pixels';
import { MAX_CLASSES, PREVIEW_IMAGES } from './limits';
import type { LabelledImages, LoadedImages } from './loaded';
import type { PreparedData } from './prepared';
import { measure } from './scaling';
import { splitRows } from './split';

interface ImagePart {
  readonly source: LabelledImages;
  readonly rows: Uint32Array;
  /** Class index of each image of `source`. */
  readonly classOf: Int32Array;
}

type Parts = Readonly<Record<Part, ImagePart>>;

/** The one column that images have beside their pixels. */
const LABEL = 'label';

/**
 * Images with labels as examples `[count, channels, height, width]`: classes are the different labels, in rising order. 8-bit
 * pixels are handed on as they are, with the scaling of each channel that was measured on the training part.
 *
 * @throws ProblemError where the labels are no classes or the document speaks of other columns
 */
export function prepareImages(loaded: LoadedImages, spec: DataSpec): PreparedData {
  checkColumns(spec.columns, loaded.images.file);
  const labels = classesOf(loaded);
  const parts = divide(loaded, labels, spec);
  const { channels, height, width } = loaded.images;
  const scalings = fitChannels(parts.train.source, parts.train.rows, spec.scaling);
  const preprocessing: Preprocessing = {
    task: labels.length === 2 ? 'binary' : 'multi-class',
    inputShape: [channels, height, width],
    features: [],
    pixels: { offset: scalings.map(({ offset }) => offset), scale: scalings.map(({ scale }) => scale) },
    target: { name: LABEL, classes: labels.map((label) => nameOf(label, loaded.images)), mean: 0, deviation: 1 },
  };
  return {
    summary: summarize(loaded, preprocessing, parts),
    preprocessing,
    examples(part: Part, outputs: number, precision: Precision = 'float32'): Examples | null {
      const { source, rows, classOf } = parts[part];
      if (rows.length === 0) return null;
      return {
        count: rows.length,
        x: pixelsOf(source, rows, scalings, precision),
        y: encodeTargets(rows, (row) => classOf[row]!, preprocessing, outputs, precision),
      };
    },
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
  if (wrong.type === 'number' || (wrong.role !== undefined && wrong.role !== 'target')) {
    throw new ProblemError({
      code: 'data/label-role',
      message: 'The label of images is their class and the target.',
      hint: `Take ${LABEL} out of the document’s columns.`,
      file,
      path: pathOf(LABEL),
    });
  }
}

function classesOf({ images, testImages }: LoadedImages): readonly number[] {
  const different = new Set<number>(images.labels);
  if (different.size < 2) {
    throw new ProblemError({
      code: 'data/constant-target',
      message: `All labels of ${images.labelFile} are ${images.labels[0] ?? 'missing'}, so there is nothing to tell apart.`,
      hint: 'Check that the label file belongs to the images.',
      file: images.labelFile,
    });
  }
  for (const label of testImages?.labels ?? []) different.add(label);
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

function nameOf(label: number, { classNames }: LabelledImages): string {
  return classNames?.[label] ?? String(label);
}

function divide({ images, testImages }: LoadedImages, labels: readonly number[], { split }: DataSpec): Parts {
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const classesIn = (source: LabelledImages): Int32Array => source.labels.map((label) => indexOf.get(label)!);
  const classOf = classesIn(images);
  const shares = testImages === null ? split : { train: split.train + split.test, dev: split.dev, test: 0 };
  const groups = split.stratify ? classOf : null;
  const { train, dev, test } = splitRows(images.count, groups, shares, createRandom(split.seed, 'split'));
  const pick = (rows: Uint32Array): ImagePart => ({ source: images, rows, classOf });
  if (testImages === null) return { train: pick(train), dev: pick(dev), test: pick(test) };
  const all = Uint32Array.from({ length: testImages.count }, (_, index) => index);
  return {
    train: pick(train),
    dev: pick(dev),
    test: { source: testImages, rows: all, classOf: classesIn(testImages) },
  };
}

// ── summary ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function summarize(loaded: LoadedImages, { task, target, inputShape }: Preprocessing, parts: Parts): DataSummary {
  const { images, testImages } = loaded;
  const { classes } = target;
  const counts = new Array<number>(classes.length).fill(0);
  const trained = new Array<number>(classes.length).fill(0);
  for (const [part, { rows, classOf }] of Object.entries(parts)) {
    for (const row of rows) {
      counts[classOf[row]!]!++;
      if (part === 'train') trained[classOf[row]!]!++;
    }
  }
  const ranked = classes
    .map((value, index) => ({ value, count: counts[index]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 20);
  const rows = images.count + (testImages?.count ?? 0);
  const unseen = classes.filter((_, index) => trained[index] === 0);
  return {
    title: loaded.title,
    kind: 'images',
    rows,
    usedRows: rows,
    columns: [
      {
        name: LABEL,
        type: 'category',
        role: 'target',
        reason: `Target: ${images.labelFile} labels the images.`,
        holes: 0,
        distinct: classes.length,
        numeric: null,
        categories: ranked,
      },
    ],
    target: LABEL,
    task,
    taskReason: `${images.labelFile} gives each image one of ${classes.length} labels, which are classes.`,
    classes,
    classCounts: counts,
    inputShape,
    featureNames: [],
    parts: { train: parts.train.rows.length, dev: parts.dev.rows.length, test: parts.test.rows.length },
    workbook: null,
    warnings: unseen.length === 0 ? loaded.warnings : [...loaded.warnings, notInTraining(unseen, images.labelFile)],
    preview: [],
    images: thumbnails(images),
    points: null,
  };
}

/** The first images as bytes; other element types are stretched from their least to their largest value. */
function thumbnails(source: LabelledImages): DataSummary['images'] {
  const { pixels, labels, count, channels, height, width } = source;
  const size = channels * height * width;
  return Array.from({ length: Math.min(count, PREVIEW_IMAGES) }, (_, n) => {
    const image = pixels.slice(n * size, (n + 1) * size);
    const label = nameOf(labels[n]!, source);
    if (image instanceof Uint8Array) return { pixels: image, label };
    const { min, max } = measure(size, (index) => image[index]!);
    const stretch = max > min ? 255 / (max - min) : 0;
    return { pixels: Uint8Array.from(image, (value) => Math.round((value - min) * stretch)), label };
  });
}

function notInTraining(classes: readonly string[], file: string): Problem {
  return {
    code: 'data/class-not-in-training',
    message: `The training part has no image with label ${classes.slice(0, 5).join(', ')}, so no answer can ever be that.`,
    hint: 'Add images of it, or change the split.',
    file,
  };
}
