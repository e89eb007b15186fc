import type { ImageReading } from '../experiment/document';
import { roleOfFile } from '../experiment/file-roles';
import { ProblemError, type Problem } from '../problem';
import { appendTables } from './append-tables';
import {
  readFile,
  readFolder,
  type ArrayFile,
  type BundleEntry,
  type BundleFile,
  type DataPart,
  type FileData,
  type ReadContext,
  type ImagesFile,
  type TableFile,
} from './formats';
import { createCodecs } from './images';
import type { ImageEntry } from './images/image-tree';
import { readImages } from './images/read-images';
import type { LabelledImages, LoadedImages } from './loaded';
import { pairImages } from './pair-images';
import { pairingProblems } from './pairing-problems';
import type { DataServices } from './services';
import { tableOfArrays } from './table-of-arrays';
import type { Table } from './table';

/** What the files of one part, training or test, hold together. */
export type Gathered =
  | { readonly kind: 'table'; readonly table: Table; readonly workbook: Workbook | null }
  | {
      readonly kind: 'images';
      readonly images: LabelledImages;
      readonly more?: Pick<LoadedImages, 'devImages' | 'reading'>;
    };

type Workbook = NonNullable<TableFile['workbook']>;

/** What reading asks for besides the files. */
export interface GatherContext extends DataServices, ReadContext {
  /** What the document says of image files. */
  readonly images: ImageReading;
}

/** What was gathered for training, and for the test where there is anything. */
export interface GatheredParts {
  readonly main: Gathered;
  readonly test: Gathered | null;
  readonly warnings: readonly Problem[];
}

/**
 * Reads files one after the other and joins what belongs together: rows of tables, arrays of equal length, images with their
 * labels. In an archive, names decide what is for the test (`x_test.npy`, `test/…`), unless test files are given of their own.
 *
 * @throws ProblemError for a file that cannot be read, and for files that do not belong together
 */
export async function gather(
  files: readonly File[],
  testFiles: readonly File[],
  context: GatherContext,
): Promise<GatheredParts> {
  const main = new Collector('data.source.files');
  const test = new Collector('data.source.testFiles');
  for await (const data of readAll(files, context)) await take(data, main, testFiles.length > 0 ? null : test);
  // A test file is another workbook, whose sheets have other names.
  for await (const data of readAll(testFiles, { ...context, sheet: null })) await take(data, test, null);
  if (main.images.length > 0 || test.images.length > 0) return gatherImages(main, test, context);
  return {
    main: main.finish(),
    test: test.isEmpty ? null : test.finish(),
    warnings: [...main.warnings, ...test.warnings],
  };
}

/** The files one after the other; those of a folder, which have its name before theirs, together. */
async function* readAll(files: readonly File[], context: ReadContext): AsyncGenerator<FileData> {
  const folders = new Map<string, File[]>();
  for (const file of files) {
    const end = file.name.indexOf('/');
    if (end === -1) {
      yield await readFile(file, context);
      continue;
    }
    const folder = file.name.slice(0, end);
    const others = folders.get(folder);
    if (others === undefined) folders.set(folder, [file]);
    else others.push(file);
  }
  for (const [folder, inside] of folders) yield readFolder(folder, inside, context);
}

async function gatherImages(
  main: Collector,
  test: Collector,
  { loadCodec, images: chosen, watch }: GatherContext,
): Promise<GatheredParts> {
  if (main.images.length === 0 || !main.isEmpty || !test.isEmpty) throw new ProblemError(imagesAmongOthers(main, test));
  const context = { codecs: createCodecs(loadCodec), chosen, onProgress: watch?.reachedImage.bind(watch) };
  const read = await readImages(main.title, main.images, test.images, context);
  return {
    main: {
      kind: 'images',
      images: read.train,
      more: { reading: read.reading, ...(read.dev === null ? {} : { devImages: read.dev }) },
    },
    test: read.test === null ? null : { kind: 'images', images: read.test },
    warnings: [...main.warnings, ...test.warnings, ...read.warnings],
  };
}

/** @param test where the test part of an archive goes; null where it stays out, or where this is the test part */
async function take(data: FileData, collector: Collector, test: Collector | null): Promise<void> {
  if (data.kind === 'images') {
    collector.addImages(data);
    return;
  }
  if (data.kind !== 'bundle') {
    collector.add(data);
    return;
  }
  collector.warnings.push(...data.warnings);
  const parts = divide(data, test === null && collector.isTest);
  if (parts.leftOut.length > 0) collector.warnings.push(unused(data, parts.leftOut));
  for (const entry of parts.main) collector.add(await entry.read());
  if (test === null) {
    if (parts.test.length > 0) collector.warnings.push(unused(data, parts.test));
    return;
  }
  for (const entry of parts.test) test.add(await entry.read());
}

/** An archive for the test gives its test part as `main`; one whose names say nothing gives everything. */
function divide({ entries }: BundleFile, forTest: boolean) {
  const of = (role: ReturnType<typeof roleOfFile>) => entries.filter(({ name }) => roleOfFile(name) === role);
  const [train, validation, test] = [of('train'), of('validation'), of('test')];
  if (train.length === 0) return { main: entries, test: [], leftOut: [] };
  const [judged, leftOut] = test.length > 0 ? [test, validation] : [validation, []];
  if (!forTest) return { main: train, test: judged, leftOut };
  return judged.length > 0 ? { main: judged, test: [], leftOut: train } : { main: train, test: [], leftOut };
}

/** What the files of one part have given so far. Tables are joined at once, so that two of them at most are in memory. */
class Collector {
  readonly warnings: Problem[] = [];
  readonly isTest: boolean;
  private readonly path: string;
  private table: Table | null = null;
  private workbook: Workbook | null = null;
  private firstName = '';
  private tables = 0;
  private readonly arrays: ArrayFile[] = [];
  /** The names of files and folders of images. */
  private readonly imageFiles: string[] = [];
  /** Image files, their names beginning with that of their archive or folder. */
  readonly images: ImageEntry[] = [];

  constructor(path: string) {
    this.path = path;
    this.isTest = path === 'data.source.testFiles';
  }

  get isEmpty(): boolean {
    return this.table === null && this.arrays.length === 0;
  }

  /** What the images are called together. */
  get title(): string {
    const [first = '', ...others] = this.imageFiles;
    return others.length === 0 ? first : `${first} and ${others.length} more`;
  }

  /** Folders and archives that come together are like folders of one: `cats.zip` and `dogs.zip` are two classes. */
  addImages({ name, entries, warnings }: ImagesFile): void {
    this.warnings.push(...warnings);
    this.imageFiles.push(name);
    const folder = name.replace(/\.zip$/i, '');
    const alone = entries.length === 1 && entries[0]!.name === name;
    this.images.push(...entries.map((entry) => (alone ? entry : { ...entry, name: `${folder}/${entry.name}` })));
  }

  add(part: DataPart): void {
    this.warnings.push(...part.warnings);
    if (part.kind === 'array') this.arrays.push(part);
    else this.addTable(part);
    if (this.table !== null && this.arrays.length > 0) throw new ProblemError(this.mixed());
  }

  private addTable({ table, workbook = null }: TableFile): void {
    this.tables++;
    this.workbook ??= workbook;
    if (this.table === null) {
      this.table = table;
      this.firstName = table.name;
      return;
    }
    const name = `${this.firstName} and ${this.tables - 1} more`;
    this.table = appendTables({ ...this.table, name: this.firstName }, table, name, this.path);
  }

  finish(): Gathered {
    if (this.table !== null) return { kind: 'table', table: this.table, workbook: this.workbook };
    const { path } = this;
    const arrays = this.arrays.filter(({ shape }) => shape.length > 0);
    if (arrays.length === 0) throw new ProblemError(onlyNumbers(this.arrays[0]!.name, path));
    const single = this.arrays.filter((array) => !arrays.includes(array));
    if (single.length > 0) this.warnings.push(leftOutNumbers(single));
    if (arrays.some(({ shape }) => shape.length > 2)) return { kind: 'images', images: pairImages(arrays, path) };
    const [first, another] = arrays;
    if (another === undefined && (first!.shape[1] ?? 1) === 1) {
      throw new ProblemError(pairingProblems.withoutImages(first!, path));
    }
    return { kind: 'table', table: tableOfArrays(arrays, path), workbook: null };
  }

  private mixed(): Problem {
    const names = [this.table!.name, ...this.arrays.map(({ name }) => name)];
    return {
      code: 'data/mixed-files',
      message: `${names.slice(0, 5).join(', ')}: tables and arrays came together.`,
      hint: 'Give either tables, or arrays such as images with their labels.',
      path: this.path,
    };
  }
}

function imagesAmongOthers(main: Collector, test: Collector): Problem {
  const images = main.images.length > 0 ? main : test;
  return {
    code: 'data/mixed-files',
    message: `${images.title} holds images, but something else came with it.`,
    hint: 'Give folders of images, for training and for the test, or tables and arrays.',
    path: images.isTest ? 'data.source.testFiles' : 'data.source.files',
  };
}

function unused({ name }: BundleFile, entries: readonly BundleEntry[]): Problem {
  const names = entries.slice(0, 5).map((entry) => entry.name);
  return {
    code: 'data/part-not-used',
    message: `${names.join(', ')}${entries.length > 5 ? ', …' : ''} of ${name} ${entries.length === 1 ? 'was' : 'were'} left out: there is a test part already.`,
    hint: 'The dev part is taken from the training part, by the shares of the split.',
    file: name,
  };
}

function onlyNumbers(file: string, path: string): Problem {
  return {
    code: 'array/no-rows',
    message: `${file} holds a single number, not an array of examples.`,
    hint: 'Save an array with one row for each example.',
    file,
    path,
  };
}

function leftOutNumbers(arrays: readonly ArrayFile[]): Problem {
  const names = arrays.slice(0, 5).map(({ name }) => name);
  return {
    code: 'array/single-number',
    message: `${names.join(', ')}: a single number says nothing of the examples and was left out.`,
    hint: 'Save an array with one value for each example.',
    file: names[0]!,
  };
}
