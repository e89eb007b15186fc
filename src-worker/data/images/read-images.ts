import type { ImageReading } from '../../experiment/document';
import { ProblemError, type Problem } from '../../problem';
import type { LabelledImages, ReadingOfImages } from '../loaded';
import { chooseSize } from './choose-size';
import type { Codecs } from './codecs';
import type { ImageSize } from './image-format';
import { imageProblems } from './image-problems';
import { ImageStack } from './image-stack';
import { readTree, type ImageEntry, type PlacedImage } from './image-tree';
import { decodeImage, imageSize } from '.';
import { ImageError } from './raster';
import { resize } from './resize';

/** Bytes of files that are kept between measuring and decoding; others are read twice. */
const KEPT_BYTES = 2 ** 28;
/** Of one file. */
const MAX_IMAGE_BYTES = 2 ** 28;
/** Files that are read at the same time. */
const AT_ONCE = 16;

/** Images out of folders, by part. */
export interface FolderImages {
  readonly train: LabelledImages;
  readonly dev: LabelledImages | null;
  readonly test: LabelledImages | null;
  readonly reading: ReadingOfImages;
  readonly warnings: readonly Problem[];
}

/** What reading images needs and tells. */
export interface ImageContext {
  readonly codecs: Codecs;
  readonly chosen: ImageReading;
  /** Called with the images done so far of all; throws to stop. */
  readonly onProgress: ((done: number, all: number) => void | Promise<void>) | undefined;
}

/**
 * Reads image files from folders, one for each class. Every file is looked at for its size first; then each is decoded, brought to the common
 * size and kept as bytes. A file that is damaged is left out and named.
 *
 * @param test images of files that are for the test; where there are any, a test part among `entries` is left out
 * @throws ProblemError where no folder names a class, or no image can be read
 */
export async function readImages(
  title: string,
  entries: readonly ImageEntry[],
  test: readonly ImageEntry[],
  context: ImageContext,
): Promise<FolderImages> {
  const tree = readTree(entries);
  const known = [...new Set(tree.parts.train.map(({ className }) => className))];
  const testTree = readTree(test, known);
  const testImages = test.length > 0 ? Object.values(testTree.parts).flat() : tree.parts.test;
  const parts = { train: tree.parts.train, dev: tree.parts.dev, test: testImages };
  if (parts.train.length === 0) throw new ProblemError(imageProblems.noClasses(title, entries));
  const warnings: Problem[] = [];
  const loose = [...tree.loose, ...testTree.loose];
  if (loose.length > 0) warnings.push(imageProblems.loose(title, loose));
  if (test.length > 0 && tree.parts.test.length > 0) {
    warnings.push(imageProblems.otherTest(title, tree.parts.test.length));
  }

  const reader = new Reader(context, parts.train.length + parts.dev.length + parts.test.length);
  const sized = {
    train: await reader.measure(parts.train),
    dev: await reader.measure(parts.dev),
    test: await reader.measure(parts.test),
  };
  if (sized.train.length === 0) throw new ProblemError(imageProblems.allBad(title, reader.bad));
  const { width, height } = context.chosen;
  const found = chooseSize(sized.train.map(({ size }) => size));
  const size = width === undefined || height === undefined ? found : { width, height };
  const names = classNames(sized.train, [...sized.dev, ...sized.test]);
  const train = await reader.decode(title, sized.train, names, size, context.chosen.color ?? null);
  if (train === null) throw new ProblemError(imageProblems.allBad(title, reader.bad));
  const color = train.channels === 1 ? 'grey' : 'rgb';
  const dev = await reader.decode(title, sized.dev, names, size, color);
  const tested = await reader.decode(title, sized.test, names, size, color);
  // Sizes and pixels are looked at one after the other, which is nobody's order.
  reader.bad.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (reader.bad.length > 0) warnings.push(imageProblems.bad(title, reader.bad, reader.all));
  const chosenColor = context.chosen.color !== undefined;
  const reason = [
    ...(size === found ? [found.reason] : []),
    ...(chosenColor ? [] : [color === 'grey' ? 'None has a colour.' : 'Some have colours.']),
  ].join(' ');
  const fit = context.chosen.fit ?? 'stretch';
  return { train, dev, test: tested, reading: { ...size, fit, color, reason }, warnings };
}

/** In the order of numbers where all are numbers, else of letters; what only the other parts have comes last. */
function classNames(train: readonly PlacedImage[], others: readonly PlacedImage[]): readonly string[] {
  const different = (images: readonly PlacedImage[]) => new Set(images.map(({ className }) => className));
  const inOrder = (names: readonly string[]): readonly string[] =>
    names.every((name) => /^\d{1,9}$/.test(name))
      ? names.toSorted((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
      : names.toSorted();
  const trained = different(train);
  return [...inOrder([...trained]), ...inOrder([...different(others)].filter((name) => !trained.has(name)))];
}

interface SizedImage extends PlacedImage {
  readonly size: ImageSize;
  /** Null where the file will be read again. */
  readonly bytes: Uint8Array | null;
}

/** An image that was left out, and why. */
export interface BadImage {
  readonly name: string;
  readonly reason: string;
}

class Reader {
  readonly bad: BadImage[] = [];
  readonly all: number;
  readonly #context: ImageContext;
  #kept = 0;
  /** Each image counts once when it has been measured and once when it has been decoded. */
  #done = 0;

  constructor(context: ImageContext, all: number) {
    this.#context = context;
    this.all = all;
  }

  /** The images whose header makes sense, with their sizes. */
  async measure(images: readonly PlacedImage[]): Promise<readonly SizedImage[]> {
    const sized: SizedImage[] = [];
    await this.#each(
      images,
      ({ entry }) => readEntry(entry),
      (image, bytes) => {
        const size = imageSize(bytes);
        const keep = this.#kept + bytes.length <= KEPT_BYTES;
        if (keep) this.#kept += bytes.length;
        sized.push({ ...image, size, bytes: keep ? bytes : null });
      },
    );
    return sized;
  }

  /** Null where there is none. */
  async decode(
    title: string,
    images: readonly SizedImage[],
    names: readonly string[],
    size: ImageSize,
    color: ReadingOfImages['color'] | null,
  ): Promise<LabelledImages | null> {
    if (images.length === 0) return null;
    const stack = new ImageStack(size, images.length, color);
    const indexOf = new Map(names.map((name, index) => [name, index]));
    const labels: number[] = [];
    await this.#each(
      images,
      ({ entry, bytes }) => bytes ?? readEntry(entry),
      async ({ className }, bytes) => {
        const raster = await decodeImage(bytes, this.#context.codecs);
        stack.add(resize(raster, size, this.#context.chosen.fit ?? 'stretch'));
        labels.push(indexOf.get(className)!);
      },
    );
    if (stack.count === 0) return null;
    const { count, channels, pixels } = stack;
    return {
      ...{ file: title, labelFile: title, count, channels, pixels },
      ...{ height: size.height, width: size.width },
      labels: Int32Array.from(labels),
      classNames: names,
    };
  }

  /** Reads some at the same time and uses them one after the other; what is no image is put aside with its reason. */
  async #each<T extends PlacedImage>(
    images: readonly T[],
    read: (image: T) => Uint8Array | Promise<Uint8Array>,
    use: (image: T, bytes: Uint8Array) => void | Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < images.length; from += AT_ONCE) {
      const some = images.slice(from, from + AT_ONCE);
      const all = await Promise.allSettled(some.map(async (image) => read(image)));
      for (const [index, image] of some.entries()) {
        try {
          const result = all[index]!;
          if (result.status === 'rejected') throw result.reason;
          await use(image, result.value);
        } catch (error) {
          this.bad.push({ name: image.entry.name, reason: reasonOf(error) });
        }
        this.#done++;
      }
      await this.#context.onProgress?.(Math.floor(this.#done / 2), this.all);
    }
  }
}

async function readEntry(entry: ImageEntry): Promise<Uint8Array> {
  if (entry.size > MAX_IMAGE_BYTES) throw new ImageError('it is larger than 256 MiB');
  return entry.read();
}

/** Why an image is left out. What is wrong with all of them, or with this program, is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof ImageError) return error.message;
  // Of a load that was stopped, too: it ends when its progress is told next.
  if (error instanceof ProblemError) return error.message;
  // A typed array that does not fit into memory.
  if (error instanceof RangeError) return 'it does not fit into memory';
  throw error;
}
