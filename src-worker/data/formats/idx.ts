import { ProblemError, type Problem } from '../../problem';
import { MAX_FILE_BYTES } from '../limits';
import type { PixelArray } from '../loaded';
import type { Content } from './content';
import type { ArrayFile, DataFormat } from './data-format';

interface ElementType {
  readonly bytes: number;
  create(buffer: ArrayBuffer): PixelArray;
}

/** Third byte of the magic number. */
const elementTypes: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [0x08, { bytes: 1, create: (buffer) => new Uint8Array(buffer) }],
  [0x09, { bytes: 1, create: (buffer) => new Int8Array(buffer) }],
  [0x0b, { bytes: 2, create: (buffer) => new Int16Array(buffer) }],
  [0x0c, { bytes: 4, create: (buffer) => new Int32Array(buffer) }],
  [0x0d, { bytes: 4, create: (buffer) => new Float32Array(buffer) }],
  [0x0e, { bytes: 8, create: (buffer) => new Float64Array(buffer) }],
]);

const MAX_RANK = 4;
/** Deflate packs at most 1,032 bytes into one. */
const MAX_DEFLATE_RATIO = 1_032;

/**
 * IDX, the format of MNIST: two zero bytes, a byte for the element type, a byte for the rank, the sizes as big-endian
 * uint32, then the elements, big-endian and row-major. Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
 */
export const idx: DataFormat = {
  label: 'Images (IDX, as MNIST)',

  accepts(head, name) {
    const named = /idx\d|ubyte/i.test(name);
    // Text under such a name is a table or a web page, and says so itself.
    return (head[0] === 0 && head[1] === 0 && (elementTypes.has(head[2]!) || named)) || (named && head.includes(0));
  },

  read: readArray,
};

async function readArray(content: Content): Promise<ArrayFile> {
  const { name } = content;
  const { type, shape, headerBytes } = readHeader(content.head, name);
  const elements = shape.reduce((product, size) => product * size, 1);
  const expected = headerBytes + elements * type.bytes;
  if (expected > MAX_FILE_BYTES || expected > content.size * (content.compressed ? MAX_DEFLATE_RATIO : 1)) {
    throw new ProblemError(cutShort(name, expected, content.compressed ? null : content.size, shape));
  }

  const bytes = new Uint8Array(elements * type.bytes);
  let length = 0;
  for await (const piece of content.stream()) {
    // The header is skipped where it lies: pieces may be as small as a byte.
    const from = Math.min(piece.length, Math.max(0, headerBytes - length));
    const at = Math.max(0, length - headerBytes);
    bytes.set(piece.subarray(from, from + Math.max(0, bytes.length - at)), at);
    length += piece.length;
  }
  if (length < expected) throw new ProblemError(cutShort(name, expected, length, shape));
  if (length > expected) throw new ProblemError(tooLong(name, expected, length, shape));
  swapToLittleEndian(bytes, type.bytes);
  return { kind: 'array', name, shape, values: type.create(bytes.buffer), texts: null, warnings: [] };
}

function readHeader(head: Uint8Array, file: string) {
  const type = elementTypes.get(head[2] ?? -1);
  const rank = head[3] ?? 0;
  if (head.length >= 4 && (head[0] !== 0 || head[1] !== 0 || type === undefined || rank < 1 || rank > MAX_RANK)) {
    throw new ProblemError(badMagic(head, file));
  }
  const headerBytes = 4 + 4 * rank;
  if (head.length < headerBytes || type === undefined) {
    throw new ProblemError({
      code: 'idx/cut-short',
      message: `${file} ends at byte ${head.length}, inside the header of an IDX file.`,
      hint: 'The download or the copy was cut off: get the file again.',
      file,
      byteOffset: head.length,
    });
  }
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { type, shape, headerBytes };
}

/** IDX is big-endian, typed arrays are little-endian on every machine that runs this app. */
function swapToLittleEndian(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

function badMagic(head: Uint8Array, file: string): Problem {
  const magic = Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return {
    code: 'idx/bad-magic',
    message: `${file} is not an IDX file: it begins with ${magic}, where 00 00, an element type (08, 09, 0b, 0c, 0d, 0e) and a rank (1 to ${MAX_RANK}) should be.`,
    hint: 'Get the file again from where the data set is published.',
    file,
    byteOffset: 0,
  };
}

function cutShort(file: string, expected: number, got: number | null, shape: readonly number[]): Problem {
  const found = got === null ? 'holds less than that' : `ends at byte ${got.toLocaleString('en')}`;
  return {
    code: 'idx/cut-short',
    message: `${file} is cut short: its header promises ${shape.join(' × ')} elements, ${expected.toLocaleString('en')} bytes in all, but it ${found}.`,
    hint: 'The download or the copy was cut off, or the count in the header is wrong: get the file again.',
    file,
    ...(got === null ? {} : { byteOffset: got }),
  };
}

function tooLong(file: string, expected: number, got: number, shape: readonly number[]): Problem {
  return {
    code: 'idx/too-long',
    message: `${file} is longer than its header says: ${shape.join(' × ')} elements end at byte ${expected.toLocaleString('en')}, but it has ${got.toLocaleString('en')} bytes.`,
    hint: 'The count in the header is wrong, or something was appended: get the file again.',
    file,
    byteOffset: expected,
  };
}
