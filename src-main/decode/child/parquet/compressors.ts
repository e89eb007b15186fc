import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors as packed } from 'hyparquet-compressors';
import { ProblemError } from '../../../../src-worker/problem';

/** What the pages of one file may unpack to together; they lie outside of the heap whose limit ends the process. */
const MAX_UNPACKED_BYTES = 2 ** 31;
/** Of one page: writers make them of about a mebibyte, the largest known of a few dozen. */
const MAX_PAGE_BYTES = 2 ** 28;

/** Node's own inflate and Brotli, the others from the library; all bounded, and checked for the length that the page announced. */
export function boundedCompressors(file: string): Compressors {
  let unpacked = 0;
  const bounded =
    (unpack: (input: Uint8Array, length: number) => Uint8Array) =>
    (input: Uint8Array, length: number): Uint8Array => {
      unpacked += length;
      if (!(length >= 0 && length <= MAX_PAGE_BYTES && unpacked <= MAX_UNPACKED_BYTES))
        throw new ProblemError(bomb(file));
      const output = unpack(input, length);
      if (output.length !== length) throw new Error('a page does not unpack to the length that it announces');
      return output;
    };
  const own: Compressors = {
    GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
    BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  };
  const all = Object.entries({ ...packed, ...own }).map(([codec, unpack]) => [codec, bounded(unpack)] as const);
  return Object.fromEntries(all);
}

function bomb(file: string) {
  return {
    code: 'parquet/too-large',
    message: `${file} unpacks to more than any table that the app reads: it is damaged, or made to exhaust the memory.`,
    hint: 'Save it again from the program that wrote it, with fewer rows or columns.',
    file,
  };
}
