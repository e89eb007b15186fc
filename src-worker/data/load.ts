import type { DataSpec, FileSource, SampleSource } from '../experiment/document';
import { ProblemError, type Problem } from '../problem';
import { createRandom } from '../random';
import { columnOfNumbers } from './column-builder';
import { readFile, type ArrayFile, type FileData, type TableFile } from './formats';
import { PREVIEW_ROWS } from './limits';
import type { LabelledImages, LoadedData, LoadedTable } from './loaded';
import { pairImages } from './pair-images';
import { samples } from './samples';

/**
 * Reads what a document's source names.
 *
 * @throws ProblemError where a named file was not given, or one cannot be read, or together they make no data set
 */
export async function load(
  { source }: DataSpec,
  files: readonly File[],
  testFiles: readonly File[],
): Promise<LoadedData> {
  if ('sample' in source) return generate(source);
  const main = await readAll(match(source.files, files, source));
  const test = await readAll(match(source.testFiles, testFiles, source));
  if (main.length === 0) {
    throw new ProblemError({
      code: 'data/no-files',
      message: 'There is no file to learn from.',
      hint: 'Drop a CSV table, or IDX images with their labels.',
      path: 'data.source.files',
    });
  }
  return isTables(main) ? combineTables(main, test) : combineImages(main, test);
}

function generate(source: SampleSource): LoadedTable {
  const definition = samples[source.sample];
  const random = createRandom(source.seed, 'sample', source.sample);
  const values = definition.generate(source.examples, source.noise, random);
  const columns = values.map((column, index) => columnOfNumbers(definition.columns[index]!, column));
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, source.examples) }, (_, row) =>
    values.map((column) => String(Number(column[row]!.toPrecision(6)))),
  );
  const table = { name: definition.label, rows: source.examples, columns, preview };
  return { kind: 'table', title: definition.label, table, testTable: null, sample: source, warnings: [] };
}

/** The given files in the order in which the document names them; all of them where it names none. */
function match(names: readonly string[], given: readonly File[], source: FileSource): readonly File[] {
  if (names.length === 0) return given;
  const missing = names.filter((name) => !given.some((file) => file.name === name));
  if (missing.length > 0) {
    const others = given.map(({ name }) => name).filter((name) => !names.includes(name));
    throw new ProblemError({
      code: 'data/missing-file',
      message: `${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} not given${others.length > 0 ? `, but ${others.join(', ')}` : ''}.`,
      hint: `Give the document ${missing.length === 1 ? 'the file that it names' : 'the files that it names'}, or change its source.`,
      file: missing[0]!,
      path: names === source.testFiles ? 'data.source.testFiles' : 'data.source.files',
    });
  }
  return names.map((name) => given.find((file) => file.name === name)!);
}

async function readAll(files: readonly File[]): Promise<readonly FileData[]> {
  const read: FileData[] = [];
  // One after the other: the memory that reading takes is bounded by the largest file, not by all of them.
  for (const file of files) read.push(await readFile(file));
  return read;
}

function isTables(files: readonly FileData[]): files is readonly TableFile[] {
  const tables = files.filter(({ kind }) => kind === 'table').length;
  if (tables > 0 && tables < files.length) {
    throw new ProblemError({
      code: 'data/mixed-files',
      message: `${files.map(nameOf).join(', ')}: tables and images came together.`,
      hint: 'Give either one table, or images with their labels.',
      path: 'data.source.files',
    });
  }
  return tables > 0;
}

function combineTables(main: readonly TableFile[], test: readonly FileData[]): LoadedTable {
  const { table, warnings } = single(main, 'learn from', 'data.source.files');
  const tester = test.length === 0 ? null : single(tablesOnly(test, table.name), 'test with', 'data.source.testFiles');
  return {
    kind: 'table',
    title: table.name,
    table,
    testTable: tester?.table ?? null,
    sample: null,
    warnings: [...warnings, ...(tester?.warnings ?? [])],
  };
}

function single(tables: readonly TableFile[], purpose: string, path: string): TableFile {
  if (tables.length > 1) {
    throw new ProblemError({
      code: 'data/many-tables',
      message: `${tables.map(nameOf).join(' and ')}: there is more than one table to ${purpose}.`,
      hint: 'Give one table, and a second one as the test file if you have it.',
      path,
    });
  }
  return tables[0]!;
}

function tablesOnly(test: readonly FileData[], main: string): readonly TableFile[] {
  const other = test.find(({ kind }) => kind !== 'table');
  if (other !== undefined) throw new ProblemError(otherKind(nameOf(other), 'an IDX file', main, 'a table'));
  return test as readonly TableFile[];
}

function combineImages(main: readonly FileData[], test: readonly FileData[]): LoadedData {
  const images = pairImages(main as readonly ArrayFile[], 'data.source.files');
  const table = test.find(({ kind }) => kind === 'table');
  if (table !== undefined) throw new ProblemError(otherKind(nameOf(table), 'a table', images.file, 'images'));
  const testImages = test.length === 0 ? null : pairImages(test as readonly ArrayFile[], 'data.source.testFiles');
  if (testImages !== null) checkSize(images, testImages);
  return { kind: 'images', title: images.file, images, testImages, warnings: [] };
}

function checkSize(images: LabelledImages, test: LabelledImages): void {
  if (sizeInWords(images) === sizeInWords(test)) return;
  throw new ProblemError({
    code: 'data/test-size',
    message: `${test.file} holds images of ${sizeInWords(test)}, but ${images.file} of ${sizeInWords(images)}.`,
    hint: 'Test with images of the same size and colours.',
    file: test.file,
    path: 'data.source.testFiles',
  });
}

function sizeInWords({ channels, height, width }: LabelledImages): string {
  return `${height} × ${width} pixels${channels === 1 ? '' : ` and ${channels} channels`}`;
}

function otherKind(file: string, is: string, main: string, mainIs: string): Problem {
  return {
    code: 'data/test-kind',
    message: `${file} is ${is}, but ${main} is ${mainIs}: it cannot test what was learned from that.`,
    hint: 'Test with a file of the same kind.',
    file,
    path: 'data.source.testFiles',
  };
}

function nameOf(data: FileData): string {
  return data.kind === 'table' ? data.table.name : data.name;
}
