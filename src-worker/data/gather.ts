import { roleOfFile } from '../experiment/file-roles';
import { ProblemError, type Problem } from '../problem';
import { appendTables } from './append-tables';
import {
  readFile,
  type ArrayFile,
  type BundleEntry,
  type BundleFile,
  type DataPart,
  type ReadContext,
  type TableFile,
} from './formats';
import type { LabelledImages } from './loaded';
import { pairImages } from './pair-images';
import { pairingProblems } from './pairing-problems';
import { tableOfArrays } from './table-of-arrays';
import type { Table } from './table';

/** What the files of one part, training or test, hold together. */
export type Gathered =
  | { readonly kind: 'table'; readonly table: Table; readonly workbook: Workbook | null }
  | { readonly kind: 'images'; readonly images: LabelledImages };

type Workbook = NonNullable<TableFile['workbook']>;

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
  context: ReadContext,
): Promise<GatheredParts> {
  const main = new Collector('data.source.files');
  const test = new Collector('data.source.testFiles');
  for (const file of files) await take(file, context, main, testFiles.length > 0 ? null : test);
  // A test file is another workbook, whose sheets have other names.
  for (const file of testFiles) await take(file, { ...context, sheet: null }, test, null);
  return {
    main: main.finish(),
    test: test.isEmpty ? null : test.finish(),
    warnings: [...main.warnings, ...test.warnings],
  };
}

/** @param test where the test part of an archive goes; null where it stays out, or where this is the test part */
async function take(file: File, context: ReadContext, collector: Collector, test: Collector | null): Promise<void> {
  const data = await readFile(file, context);
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

  constructor(path: string) {
    this.path = path;
    this.isTest = path === 'data.source.testFiles';
  }

  get isEmpty(): boolean {
    return this.table === null && this.arrays.length === 0;
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
