import { ProblemError } from '../../problem';
import { noDecoder } from '../decoded/no-decoder';
import { readReply } from '../decoded/read-reply';
import { toTable } from '../decoded/to-table';
import { MAX_DECODED_FILE_BYTES } from '../limits';
import type { Content } from './content';
import type { ReadContext, TableFile } from './data-format';

/**
 * Reads a file of a format whose decoding could exhaust the memory: its bytes go to a process that may die of them, and what
 * comes back is a table like any other.
 *
 * @throws ProblemError where the decoder finds something wrong with the file, dies of it, takes too long, or is not there
 */
export async function readDecoded(content: Content, { decodeTable, sheet, watch }: ReadContext): Promise<TableFile> {
  const { name } = content;
  if (decodeTable === null) throw new ProblemError(noDecoder(name));
  const bytes = await allBytes(content);
  await watch?.enter('decoding');
  const reply = await decodeTable(name, bytes, { sheet });
  await watch?.enter('reading');
  const decoded = reply.ok ? readReply(name, reply.value) : reply;
  if (!decoded.ok) throw new ProblemError(decoded.problems[0]!, ...decoded.problems.slice(1));
  const { warnings, workbook } = decoded.value;
  return { kind: 'table', table: toTable(name, decoded.value), warnings, workbook };
}

/** The whole file in one piece of its own. */
async function allBytes({ name, stream }: Content): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream()) {
    length += piece.length;
    if (length > MAX_DECODED_FILE_BYTES) {
      throw new ProblemError({
        code: 'file/too-large',
        message: `${name} is larger than ${MAX_DECODED_FILE_BYTES / 2 ** 20} MiB, the most that is read of its kind.`,
        hint: 'Take a part of its rows or columns, or save it as CSV, of which up to 1 GiB is read.',
        file: name,
      });
    }
    pieces.push(piece.slice());
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
