/** How the bytes of a text file are to be read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Guesses the encoding of text from its first bytes: by its byte order mark, and for UTF-16 without one by the zeros in every
 * other byte. Null where it is no text: it holds zero bytes or mostly control characters.
 */
export function guessEncoding(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  let controls = 0;
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) controls++;
  });
  const half = head.length / 2;
  // Latin letters, digits and delimiters have a zero byte each in UTF-16.
  if (head.length >= 4 && zeros[1]! > 0.7 * half && zeros[0]! === 0) return 'utf-16le';
  if (head.length >= 4 && zeros[0]! > 0.7 * half && zeros[1]! === 0) return 'utf-16be';
  if (zeros[0]! + zeros[1]! > 0 || controls > 0.1 * head.length) return null;
  return 'utf-8';
}

/** Thrown where bytes are wrong in the encoding that they were taken for. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

/**
 * Decodes a stream of bytes piece by piece, without its byte order mark.
 *
 * @throws EncodingError at the first byte that is wrong in `encoding`; windows-1252 knows none
 */
export async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of bytes) {
    const text = strictly(() => decoder.decode(piece, { stream: true }));
    if (text !== '') yield text;
  }
  const rest = strictly(() => decoder.decode());
  if (rest !== '') yield rest;
}

function strictly(decodePiece: () => string): string {
  try {
    return decodePiece();
  } catch (error) {
    // What a fatal TextDecoder throws; its own type would hide other mistakes.
    if (error instanceof TypeError) throw new EncodingError(error.message);
    throw error;
  }
}
