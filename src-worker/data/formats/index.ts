import { ProblemError } from '../../problem';
import { openContent, sourceOf, type ByteSource } from './content';
import { bundle } from './bundle';
import { csv } from './csv';
import type { DataFormat, FileData, ReadContext } from './data-format';
import { idx } from './idx';
import { image } from './image';
import { json } from './json';
import { npy } from './npy';
import { parquet } from './parquet';
import { recognizeForeign } from './recognize';
import { xlsx } from './xlsx';
import { zip } from './zip';

/** Every format that data are read from, in the order in which they are tried. To add one: a file and this line. */
export const formats: readonly DataFormat[] = [idx, npy, parquet, xlsx, zip, image, json, csv];

const NO_CONTEXT: ReadContext = { decodeTable: null, sheet: null };

/**
 * Reads a file in the first format that accepts its content, whatever its name says.
 *
 * @throws ProblemError where it is empty, too large, damaged or of another kind, and then says of which
 */
export async function readFile(file: File, context = NO_CONTEXT): Promise<FileData> {
  return readSource(sourceOf(file, context.watch), context);
}

/**
 * Reads the files of a folder as if they had been dropped together.
 *
 * @param files whose names begin with that of the folder and a /
 * @throws ProblemError where nothing in it is data
 */
export function readFolder(folder: string, files: readonly File[], context = NO_CONTEXT): FileData {
  const sources = files.map((file) => ({ ...sourceOf(file, context.watch), name: file.name.slice(folder.length + 1) }));
  return bundle(folder, 'a folder', sources, { readInner: (inner) => readSource(inner, context) });
}

async function readSource(source: ByteSource, context: ReadContext): Promise<FileData> {
  const content = await openContent(source);
  const { name } = content;
  const foreign = recognizeForeign(content.head);
  if (foreign !== null) {
    throw new ProblemError({
      code: 'file/other-content',
      message: `${name} is ${foreign.label}, whatever its name says.`,
      hint: foreign.hint,
      file: name,
    });
  }
  const format = formats.find((candidate) => candidate.accepts(content.head, name));
  if (format === undefined) {
    throw new ProblemError({
      code: 'file/binary',
      message: `${name} holds binary data of a kind that this app does not know.`,
      hint: `Drop one of: ${formats.map(({ label }) => label).join(', ')}.`,
      file: name,
    });
  }
  return format.read(content, { ...context, readInner: (inner) => readSource(inner, context) });
}

export type {
  ArrayFile,
  BundleEntry,
  BundleFile,
  DataFormat,
  DataPart,
  FileData,
  ImagesFile,
  ReadContext,
  TableFile,
} from './data-format';
