import {
  ZStream,
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from 'pako';
import { ProblemError } from '../../problem';
import { MAX_FILE_BYTES } from '../limits';

/** zlib's way of asking for the gzip wrapper, with the largest window. */
const GZIP_WINDOW = 16 + 15;
const OUTPUT_BYTES = 2 ** 17;

/** Whether bytes begin like a gzip member that is packed with deflate, the only method there is. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * Unpacks gzip piece by piece: every member of it, each with its checksum and its length verified, zeros after the last
 * one allowed as padding. Each piece belongs to the receiver.
 *
 * @throws ProblemError where the data are damaged (with the byte), end too early or unpack to more than the limit
 */
export async function* gunzip(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP_WINDOW);
  let consumed = 0;
  let produced = 0;
  let insideMember = false;
  let members = 0;

  for await (const bytes of source) {
    stream.input = bytes;
    stream.next_in = 0;
    stream.avail_in = bytes.length;
    while (stream.avail_in > 0) {
      if (!insideMember) {
        if (members > 0 && skipZeros(stream)) break;
        zlibInflateReset(stream);
        insideMember = true;
      }
      stream.output = new Uint8Array(OUTPUT_BYTES);
      stream.next_out = 0;
      stream.avail_out = OUTPUT_BYTES;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR) {
        throw new ProblemError(damaged(file, stream.msg, consumed + stream.next_in));
      }
      produced += stream.next_out;
      if (produced > MAX_FILE_BYTES) throw new ProblemError(tooLarge(file));
      if (stream.next_out > 0) yield stream.output.subarray(0, stream.next_out);
      if (status === Z_STREAM_END) {
        insideMember = false;
        members++;
      }
    }
    consumed += bytes.length;
  }
  if (insideMember || members === 0) {
    throw new ProblemError({
      code: 'gzip/cut-short',
      message: `${file} is compressed and ends too early, at byte ${consumed}.`,
      hint: 'The download or the copy was cut off: get the file again.',
      file,
      byteOffset: consumed,
    });
  }
}

/** Padding after a member; true when nothing but padding is left of this piece. */
function skipZeros(stream: ZStream): boolean {
  while (stream.avail_in > 0 && stream.input[stream.next_in] === 0) {
    stream.next_in++;
    stream.avail_in--;
  }
  return stream.avail_in === 0;
}

function damaged(file: string, reason: string, byteOffset: number) {
  const what = /data check|length check/.test(reason)
    ? 'its checksum does not match its content'
    : 'its compressed data make no sense';
  return {
    code: 'gzip/damaged',
    message: `${file} is damaged: ${what} (near byte ${byteOffset}).`,
    hint: 'Get the file again; what it holds cannot be trusted.',
    file,
    byteOffset,
  };
}

function tooLarge(file: string) {
  return {
    code: 'file/too-large',
    message: `${file} unpacks to more than 1 GiB.`,
    hint: 'Take a part of it: the app reads files of up to 1 GiB.',
    file,
  };
}
