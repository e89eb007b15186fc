import { ProblemError } from '../../problem';
import { openContent, sourceOf } from './content';
import { csv } from './csv';
import type { DataFormat, FileData } from './data-format';
import { idx } from './idx';
import { recognizeForeign } from './recognize';

/** Every format that data are read from, in the order in which they are tried. To add one: a file and this line. */
export const formats: readonly DataFormat[] = [idx, csv];

/**
 * Reads a file in the first format that accepts its content, whatever its name says.
 *
 * @throws ProblemError where it is empty, too large, damaged or of another kind, and then says of which
 */
export async function readFile(file: File): Promise<FileData> {
  const content = await openContent(sourceOf(file));
  const foreign = recognizeForeign(content.head);
  if (foreign !== null) {
    throw new ProblemError({
      code: 'file/other-content',
      message: `${file.name} is ${foreign.label}, whatever its name says.`,
      hint: foreign.hint,
      file: file.name,
    });
  }
  const format = formats.find((candidate) => candidate.accepts(content.head, file.name));
  if (format === undefined) {
    throw new ProblemError({
      code: 'file/binary',
      message: `${file.name} holds binary data of a kind that this app does not know.`,
      hint: `Drop one of: ${formats.map(({ label }) => label).join(', ')}.`,
      file: file.name,
    });
  }
  return format.read(content);
}

export type { ArrayFile, DataFormat, FileData, TableFile } from './data-format';
