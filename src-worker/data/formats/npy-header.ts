import { ProblemError, type Problem } from '../../problem';
import { LiteralError, parsePythonLiteral, type PythonLiteral } from './python-literal';

/** The header of a NumPy array. */
export interface NpyHeader {
  /** A type string, or the fields of a structured type. */
  readonly descr: PythonLiteral;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly bytes: number;
}

/** NumPy reads no longer ones either: such a header is made to exhaust its parser. */
const MAX_HEADER_BYTES = 10_000;
export const MAX_PREFIX_BYTES = 12 + MAX_HEADER_BYTES;
const MAX_RANK = 32;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte);
}

/**
 * Reads the header of versions 1, 2 and 3.
 * Source: NumPy, "A Simple File Format for NumPy Arrays" (numpy.lib.format).
 *
 * @param start the first bytes of the file: all, or at least {@link MAX_PREFIX_BYTES}
 * @throws ProblemError where they are no such header
 */
export function readNpyHeader(start: Uint8Array, file: string): NpyHeader {
  const version = start[6] ?? 0;
  if (start.length > 6 && (version < 1 || version > 3)) throw new ProblemError(unknownVersion(file, version));
  const lengthBytes = version === 1 ? 2 : 4;
  const textAt = 8 + lengthBytes;
  if (start.length < textAt) throw new ProblemError(cutInHeader(file, start.length));
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) throw new ProblemError(longHeader(file, length));
  if (start.length < textAt + length) throw new ProblemError(cutInHeader(file, start.length));
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(start.subarray(textAt, textAt + length));
  return { ...fieldsOf(text, file, textAt), bytes: textAt + length };
}

function fieldsOf(text: string, file: string, textAt: number): Omit<NpyHeader, 'bytes'> {
  const fields = parse(text, file, textAt);
  const descr = fields.get('descr');
  const fortranOrder = fields.get('fortran_order');
  const shape = fields.get('shape');
  if (descr === undefined)
    throw new ProblemError(badHeader(file, 'it has no "descr", the type of the elements', textAt));
  if (typeof fortranOrder !== 'boolean') {
    throw new ProblemError(badHeader(file, '"fortran_order" is neither True nor False', textAt));
  }
  if (!isShape(shape)) throw new ProblemError(badHeader(file, '"shape" is no tuple of sizes', textAt));
  return { descr, fortranOrder, shape };
}

function parse(text: string, file: string, textAt: number): Map<string, PythonLiteral> {
  try {
    const literal = parsePythonLiteral(text);
    if (literal instanceof Map) return literal;
    throw new LiteralError(0);
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    throw new ProblemError(badHeader(file, 'it is no Python dictionary', textAt + error.at));
  }
}

function isShape(shape: PythonLiteral | undefined): shape is number[] {
  return (
    Array.isArray(shape) &&
    shape.length <= MAX_RANK &&
    shape.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)
  );
}

const AGAIN = 'Write the array again with numpy.save.';

function unknownVersion(file: string, version: number): Problem {
  return {
    code: 'npy/version',
    message: `${file} is a NumPy array of format version ${version}; the app reads 1, 2 and 3.`,
    hint: AGAIN,
    file,
    byteOffset: 6,
  };
}

function cutInHeader(file: string, length: number): Problem {
  return {
    code: 'npy/cut-short',
    message: `${file} ends at byte ${length}, inside the header of a NumPy array.`,
    hint: 'The download or the copy was cut off: get the file again.',
    file,
    byteOffset: length,
  };
}

function longHeader(file: string, length: number): Problem {
  return {
    code: 'npy/long-header',
    message: `${file} has a header of ${length.toLocaleString('en')} bytes; NumPy itself reads up to ${MAX_HEADER_BYTES.toLocaleString('en')}.`,
    hint: 'Save it with fewer fields, or get the file again if it should have few.',
    file,
    byteOffset: 8,
  };
}

function badHeader(file: string, why: string, byteOffset: number): Problem {
  return {
    code: 'npy/bad-header',
    message: `The header of ${file} makes no sense: ${why} (at byte ${byteOffset}).`,
    hint: AGAIN,
    file,
    byteOffset,
  };
}
