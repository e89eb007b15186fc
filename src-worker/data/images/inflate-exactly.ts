import { ZStream, Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2 } from 'pako';
import { ImageError } from './raster';

/** zlib's way of asking for deflate in its own wrapper, with the largest window. */
const ZLIB_WINDOW = 15;

/**
 * Unpacks the first `length` bytes of a zlib stream (RFC 1950) that lies in parts. What would come after them is never unpacked, so a small
 * file takes no more memory than its header has announced; the checksum is verified where they are all. Fresh.
 *
 * @throws ImageError where the stream is damaged or ends before that
 */
export function inflateExactly(parts: readonly Uint8Array[], length: number): Uint8Array {
  const stream = new ZStream();
  zlibInflateInit2(stream, ZLIB_WINDOW);
  // One more, so that the end of the stream is reached and its checksum seen.
  stream.output = new Uint8Array(length + 1);
  stream.next_out = 0;
  stream.avail_out = length + 1;
  for (const part of parts) {
    stream.input = part;
    stream.next_in = 0;
    stream.avail_in = part.length;
    const status = zlibInflate(stream, Z_NO_FLUSH);
    if (status === Z_STREAM_END || stream.avail_out === 0) break;
    if (status !== Z_OK && status !== Z_BUF_ERROR) throw new ImageError('its compressed pixels are damaged');
  }
  if (stream.next_out < length) throw new ImageError('it holds fewer pixels than its header announces');
  return stream.output.subarray(0, length);
}
