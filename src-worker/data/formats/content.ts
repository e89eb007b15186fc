import { ProblemError, type Problem } from '../../problem';
import { MAX_FILE_BYTES } from '../limits';
import type { LoadWatch } from '../load-watch';
import { gunzip, isGzip } from './gunzip';

/** Where bytes come from: a dropped file, or an entry of an archive. */
export interface ByteSource {
  readonly name: string;
  /** Bytes as `stream` gives them. */
  readonly size: number;
  /** All bytes from the start, in small pieces that the receiver only reads; may be called again. */
  stream(): AsyncGenerator<Uint8Array>;
  /** The bytes from `start` to before `end` in the same way; null where they can only be read from the start. */
  readonly range: ((start: number, end: number) => AsyncGenerator<Uint8Array>) | null;
}

/** A file's bytes as the formats read them: already unpacked where the file is gzip. */
export interface Content extends ByteSource {
  /** Bytes before unpacking. */
  readonly size: number;
  readonly compressed: boolean;
  /** The first bytes, at most 4,096. */
  readonly head: Uint8Array;
}

const HEAD_BYTES = 4_096;
/** A file that lies in memory may come in one piece, whose rows as strings would fill the heap. */
const PIECE_BYTES = 2 ** 18;

/** The bytes of a dropped file; it is not opened before they are asked for. `watch` may stop the reading. */
export function sourceOf(file: File, watch?: LoadWatch): ByteSource {
  return {
    name: file.name,
    size: file.size,
    stream: () => bytesOf(file, file, 0, watch),
    range: (start, end) => bytesOf(file, file.slice(start, end), start, watch),
  };
}

/** @throws ProblemError if there are no bytes, more than the limit, or they cannot be read */
export async function openContent(source: ByteSource): Promise<Content> {
  const { name, size } = source;
  if (size === 0) throw new ProblemError(empty(name));
  if (size > MAX_FILE_BYTES) {
    throw new ProblemError({
      code: 'file/too-large',
      message: `${name} is larger than 1 GiB.`,
      hint: 'Take a part of it: the app reads files of up to 1 GiB.',
      file: name,
    });
  }
  const raw = await readHead(source.stream());
  const compressed = isGzip(raw);
  const stream = compressed ? () => gunzip(source.stream(), name) : () => source.stream();
  const head = compressed ? await readHead(stream()) : raw;
  if (head.length === 0) throw new ProblemError(empty(name));
  return { name, size, compressed, head, stream, range: compressed ? null : source.range };
}

async function* bytesOf(
  file: File,
  part: Blob,
  start: number,
  watch: LoadWatch | undefined,
): AsyncGenerator<Uint8Array> {
  const { name } = file;
  const reader = part.stream().getReader();
  let position = start;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (let at = 0; at < value.length; at += PIECE_BYTES) {
        const piece = value.subarray(at, at + PIECE_BYTES);
        position += piece.length;
        await watch?.reached(file, position);
        yield piece;
      }
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({
      code: 'file/unreadable',
      message: `${name} cannot be read${error instanceof Error ? `: ${error.message}` : ''}.`,
      hint: 'Check that the file is still there and that you may read it, then drop it again.',
      file: name,
    });
  } finally {
    // Frees the file also where the reader stops early; what it was waiting for no longer matters.
    await reader.cancel().catch(() => undefined);
  }
}

async function readHead(stream: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  for await (const bytes of stream) {
    const piece = bytes.subarray(0, HEAD_BYTES - length);
    head.set(piece, length);
    length += piece.length;
    if (length === HEAD_BYTES) break;
  }
  return head.subarray(0, length);
}

function empty(file: string): Problem {
  return { code: 'file/empty', message: `${file} is empty.`, hint: 'Drop a file that holds data.', file };
}
