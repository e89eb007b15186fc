import { ProblemError, type Problem } from '../../problem';
import { MAX_FILE_BYTES } from '../limits';
import type { PixelArray } from '../loaded';
import type { Content } from './content';
import type { ArrayFile, DataFormat, DataPart } from './data-format';
import { isNpy, MAX_PREFIX_BYTES, readNpyHeader, type NpyHeader } from './npy-header';
import { readRecords } from './npy-records';
import { parseItemType, swapBytes, type ItemType, type NumberType, type TextType } from './npy-types';

/** Deflate packs at most 1,032 bytes into one. */
const MAX_DEFLATE_RATIO = 1_032;

/**
 * NumPy's own format, versions 1 to 3: numbers and texts in either byte order and either order of axes. Object arrays are refused
 * unread: they are pickles. A structured array with plain fields is a table.
 * Source: NumPy, "A Simple File Format for NumPy Arrays" (numpy.lib.format).
 */
export const npy: DataFormat = {
  label: 'Array (NPY)',

  accepts: isNpy,

  read: readNpy,
};

/** @throws ProblemError for everything that is wrong with the file */
export async function readNpy(content: Content): Promise<DataPart> {
  const { name } = content;
  const header = readNpyHeader(await readStart(content), name);
  if (Array.isArray(header.descr)) {
    return readRecords(header, name, (bytes) => readElements(content, header, bytes));
  }
  const item = typeof header.descr === 'string' ? parseItemType(header.descr) : 'elements of an unknown type';
  if (typeof item === 'string') throw new ProblemError(cannotRead(name, item));
  const bytes = await readElements(content, header, item.type.bytes);
  return item.type.kind === 'number'
    ? numbersOf(name, header, bytes, item, item.type)
    : textsOf(name, header, bytes, item, item.type);
}

function numbersOf(
  name: string,
  { descr, shape, fortranOrder }: NpyHeader,
  bytes: Uint8Array<ArrayBuffer>,
  { littleEndian }: ItemType,
  type: NumberType,
): ArrayFile {
  if (!littleEndian) swapBytes(bytes, type.bytes);
  const values = type.decode(bytes.buffer);
  const warnings = /[iu]8$/.test(String(descr)) ? roundedWarning(values, name) : [];
  return {
    kind: 'array',
    name,
    shape,
    values: fortranOrder ? toRowMajor(values, shape) : values,
    texts: null,
    warnings,
  };
}

function textsOf(
  name: string,
  { shape, fortranOrder }: NpyHeader,
  bytes: Uint8Array<ArrayBuffer>,
  { littleEndian }: ItemType,
  type: TextType,
): ArrayFile {
  const codeOf = new Map<string, number>();
  const values = new Int32Array(shape.reduce((product, size) => product * size, 1));
  for (let n = 0; n < values.length; n++) {
    const text = type.decode(bytes.subarray(n * type.bytes, (n + 1) * type.bytes), littleEndian);
    let code = codeOf.get(text);
    if (code === undefined) codeOf.set(text, (code = codeOf.size));
    if (codeOf.size > MAX_TEXTS_OF_ARRAY) throw new ProblemError(manyTexts(name));
    values[n] = code;
  }
  const ordered = fortranOrder ? toRowMajor(values, shape) : values;
  return { kind: 'array', name, shape, values: ordered, texts: [...codeOf.keys()], warnings: [] };
}

/** Different texts live in the JavaScript heap; more than this are no categories. */
const MAX_TEXTS_OF_ARRAY = 100_000;

async function readStart(content: Content): Promise<Uint8Array> {
  const start = new Uint8Array(MAX_PREFIX_BYTES);
  let length = 0;
  for await (const piece of content.stream()) {
    const part = piece.subarray(0, start.length - length);
    start.set(part, length);
    length += part.length;
    if (length === start.length) break;
  }
  return start.subarray(0, length);
}

/** The bytes of all elements; that they are exactly as many as the header says is known before any memory is taken. */
async function readElements(content: Content, header: NpyHeader, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { name, size, compressed } = content;
  const { shape, bytes: headerBytes } = header;
  const expected = headerBytes + shape.reduce((product, axis) => product * axis, bytes);
  if (expected > MAX_FILE_BYTES && expected <= size) throw new ProblemError(tooLarge(name, shape));
  if (compressed ? expected > size * MAX_DEFLATE_RATIO || expected > MAX_FILE_BYTES : expected !== size) {
    throw new ProblemError(wrongLength(name, expected, compressed ? null : size, shape));
  }
  const elements = new Uint8Array(expected - headerBytes);
  let length = 0;
  for await (const piece of content.stream()) {
    const from = Math.min(piece.length, Math.max(0, headerBytes - length));
    const at = Math.max(0, length - headerBytes);
    elements.set(piece.subarray(from, from + Math.max(0, elements.length - at)), at);
    length += piece.length;
  }
  if (length !== expected) throw new ProblemError(wrongLength(name, expected, length, shape));
  return elements;
}

/** Elements that lie with the first axis fastest (Fortran) as they lie with the last one fastest (C). */
function toRowMajor<T extends PixelArray>(values: T, shape: readonly number[]): T {
  if (shape.filter((size) => size > 1).length < 2) return values;
  const result = values.slice() as T;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const place = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    result[to] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return result;
}

/** Whole numbers beyond 2^53 have no float64 of their own. */
function roundedWarning(values: PixelArray, file: string): readonly Problem[] {
  const first = values.findIndex((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
  if (first === -1) return [];
  return [
    {
      code: 'npy/rounded',
      message: `${file} holds whole numbers beyond 2^53, first as element ${first + 1}; they were rounded to the nearest float64.`,
      hint: 'Save identifiers as texts, and measurements as float64.',
      file,
    },
  ];
}

function cannotRead(file: string, what: string): Problem {
  const pickled = what.startsWith('pickled');
  return {
    code: pickled ? 'npy/pickled' : 'npy/type',
    message: pickled ? `${file} contains pickled Python; never opened.` : `${file} holds ${what}.`,
    hint: pickled
      ? 'Save it from Python as an array of numbers or texts, such as with array.astype(float).'
      : 'Save it from Python as an array of numbers, or as CSV.',
    file,
    byteOffset: 8,
  };
}

function tooLarge(file: string, shape: readonly number[]): Problem {
  return {
    code: 'file/too-large',
    message: `${file} holds an array of ${shape.join(' × ')}, more than 1 GiB.`,
    hint: 'Take a part of it: the app reads arrays of up to 1 GiB.',
    file,
  };
}

function manyTexts(file: string): Problem {
  return {
    code: 'npy/many-texts',
    message: `${file} holds more than ${MAX_TEXTS_OF_ARRAY.toLocaleString('en')} different texts, which are no categories.`,
    hint: 'Save labels or numbers instead.',
    file,
  };
}

function wrongLength(file: string, expected: number, got: number | null, shape: readonly number[]): Problem {
  const found = got === null ? 'it cannot hold that' : `it has ${got.toLocaleString('en')}`;
  const long = got !== null && got > expected;
  return {
    code: long ? 'npy/too-long' : 'npy/cut-short',
    message: `${file} promises an array of ${shape.join(' × ') || 'one element'}, ${expected.toLocaleString('en')} bytes in all, but ${found}.`,
    hint: long
      ? 'The header is wrong, or something was appended: get the file again.'
      : 'The download or the copy was cut off, or the header is wrong: get the file again.',
    file,
    ...(got === null ? {} : { byteOffset: Math.min(got, expected) }),
  };
}
