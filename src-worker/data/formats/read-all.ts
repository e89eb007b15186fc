import type { ByteSource } from './content';

/** All bytes in one piece of its own. */
export async function readAll({ size, stream }: Pick<ByteSource, 'size' | 'stream'>): Promise<Uint8Array> {
  let bytes = new Uint8Array(size);
  let length = 0;
  for await (const piece of stream()) {
    if (length + piece.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + piece.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(piece, length);
    length += piece.length;
  }
  return bytes.subarray(0, length);
}
