import { ZStream, Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2 } from 'pako';

/** zlib's way of asking for deflate without a wrapper, with the largest window. */
const RAW_WINDOW = -15;
const OUTPUT_BYTES = 2 ** 17;

/** Thrown where deflated bytes make no sense; `consumed` of them had been read. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
  readonly consumed: number;

  constructor(message: string, consumed: number) {
    super(message);
    this.consumed = consumed;
  }
}

/**
 * Unpacks raw deflate (RFC 1951) piece by piece. Each piece belongs to the receiver.
 *
 * @throws InflateError where the data are damaged, end too early or go on after their end
 */
export async function* inflateRaw(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, RAW_WINDOW);
  let consumed = 0;
  let ended = false;
  for await (const bytes of source) {
    stream.input = bytes;
    stream.next_in = 0;
    stream.avail_in = bytes.length;
    while (stream.avail_in > 0) {
      if (ended) throw new InflateError('it goes on after its end', consumed + stream.next_in);
      stream.output = new Uint8Array(OUTPUT_BYTES);
      stream.next_out = 0;
      stream.avail_out = OUTPUT_BYTES;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR) {
        throw new InflateError('its compressed data make no sense', consumed + stream.next_in);
      }
      if (stream.next_out > 0) yield stream.output.subarray(0, stream.next_out);
      ended = status === Z_STREAM_END;
    }
    // What filled the last output exactly may have left some behind.
    while (!ended && stream.avail_out === 0) {
      stream.output = new Uint8Array(OUTPUT_BYTES);
      stream.next_out = 0;
      stream.avail_out = OUTPUT_BYTES;
      ended = zlibInflate(stream, Z_NO_FLUSH) === Z_STREAM_END;
      if (stream.next_out > 0) yield stream.output.subarray(0, stream.next_out);
    }
    consumed += bytes.length;
  }
  if (!ended) throw new InflateError('its compressed data end too early', consumed);
}
