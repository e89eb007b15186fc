import type { DataSpec, FileSource } from '../experiment/document';
import { sourceNames } from '../experiment/file-roles';
import { ProblemError, type Problem } from '../problem';
import { generateSample } from './generate-sample';
import { gather, type Gathered } from './gather';
import type { LoadWatch } from './load-watch';
import type { LabelledImages, LoadedData } from './loaded';
import { plotPoints } from './painted-points';
import type { DataServices } from './services';

/**
 * Reads what a document's source names.
 *
 * @param watch is told how far it is, and may stop it
 * @throws ProblemError where a named file was not given, or one cannot be read, or together they make no data set
 */
export async function load(
  { source }: DataSpec,
  files: readonly File[],
  testFiles: readonly File[],
  services: DataServices,
  watch?: LoadWatch,
): Promise<LoadedData> {
  if ('sample' in source) return generateSample(source);
  if ('points' in source) return plotPoints(source.points);
  const given = match(source.files, files, source);
  if (given.length === 0) {
    throw new ProblemError({
      code: 'data/no-files',
      message: 'There is no file to learn from.',
      hint: 'Drop a table, or images with their labels.',
      path: 'data.source.files',
    });
  }
  const { main, test, warnings } = await gather(given, match(source.testFiles, testFiles, source), {
    ...services,
    sheet: source.sheet ?? null,
    images: source.images ?? {},
    ...(watch === undefined ? {} : { watch }),
  });
  return combine(main, test, warnings);
}

/** The given files in the order in which the document names them or their folders; all of them where it names none. */
function match(names: readonly string[], given: readonly File[], source: FileSource): readonly File[] {
  if (names.length === 0) return given;
  const filesOf = (name: string): readonly File[] =>
    given.filter((file) => file.name === name || file.name.startsWith(`${name}/`));
  const missing = names.filter((name) => filesOf(name).length === 0);
  if (missing.length > 0) {
    const others = sourceNames(given).filter((name) => !names.includes(name));
    throw new ProblemError({
      code: 'data/missing-file',
      message: `${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} not given${others.length > 0 ? `, but ${others.join(', ')}` : ''}.`,
      hint: `Give the document ${missing.length === 1 ? 'the file that it names' : 'the files that it names'}, or change its source.`,
      file: missing[0]!,
      path: names === source.testFiles ? 'data.source.testFiles' : 'data.source.files',
    });
  }
  return names.flatMap(filesOf);
}

function combine(main: Gathered, test: Gathered | null, warnings: readonly Problem[]): LoadedData {
  if (main.kind === 'table') {
    if (test !== null && test.kind !== 'table') throw new ProblemError(otherKind(main, test));
    const { table, workbook } = main;
    const testTable = test?.table ?? null;
    return { kind: 'table', title: table.name, table, testTable, workbook, warnings };
  }
  if (test !== null && test.kind !== 'images') throw new ProblemError(otherKind(main, test));
  const { images } = main;
  const base = { kind: 'images' as const, title: images.file, ...main.more, warnings };
  if (test === null) return { ...base, images, testImages: null };
  checkSize(images, test.images);
  const aligned = alignClasses(images, test.images);
  return { ...base, images: aligned.main, testImages: aligned.test };
}

/** The labels of both counted by the same list of names. */
function alignClasses(main: LabelledImages, test: LabelledImages): { main: LabelledImages; test: LabelledImages } {
  if (main.classNames === null && test.classNames === null) return { main, test };
  if (main.classNames === null || test.classNames === null) {
    const [named, plain] = main.classNames === null ? [test, main] : [main, test];
    throw new ProblemError({
      code: 'data/test-labels',
      message: `${named.labelFile} names the classes, but ${plain.labelFile} gives them numbers.`,
      hint: 'Label the training and the test images in the same way.',
      file: test.labelFile,
      path: 'data.source.testFiles',
    });
  }
  const unseen = test.classNames.filter((name) => !main.classNames!.includes(name));
  const names = [...main.classNames, ...unseen];
  const labels = test.labels.map((label) => names.indexOf(test.classNames![label]!));
  return { main: { ...main, classNames: names }, test: { ...test, classNames: names, labels } };
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

function otherKind(main: Gathered, test: Gathered): Problem {
  const file = nameOf(test);
  return {
    code: 'data/test-kind',
    message: `${file} is ${kindInWords[test.kind]}, but ${nameOf(main)} is ${kindInWords[main.kind]}: it cannot test what was learned from that.`,
    hint: 'Test with a file of the same kind.',
    file,
    path: 'data.source.testFiles',
  };
}

const kindInWords: { readonly [K in Gathered['kind']]: string } = { table: 'a table', images: 'a file of images' };

function nameOf(data: Gathered): string {
  return data.kind === 'table' ? data.table.name : data.images.file;
}
