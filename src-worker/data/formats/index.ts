import { ProblemError } from '../../problem';
import { openContent, sourceOf, type ByteSource } from './content';
import { csv } from './csv';
import type { DataFormat, FileData } from './data-format';
import { idx } from './idx';
import { json } from './json';
import { npy } from './npy';
import { recognizeForeign } from './recognize';
import { zip } from './zip';

/** Every format that data are read from, in the order in which they are tried. To add one: a file and this line. */
export const formats: readonly DataFormat[] = [idx, npy, zip, json, csv];

/**
 * Reads a file in the first format that accepts its content, whatever its name says.
 *
 * @throws ProblemError where it is empty, too large, damaged or of another kind, and then says of which
 */
export async function readFile(file: File): Promise<FileData> {
  return readSource(sourceOf(file));
}

async function readSource(source: ByteSource): Promise<FileData> {
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
  return format.read(content, readSource);
}

export type { ArrayFile, BundleEntry, BundleFile, DataFormat, DataPart, FileData, TableFile } from './data-format';
