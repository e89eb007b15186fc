import { ProblemError, type Problem } from '../src-worker/problem';
import { sizeOf, type FloatArray, type NamedTensor } from '../src-worker/tensor';
import { widenBfloat16, widenFloat16 } from './half';

/**
 * The safetensors format: 8 bytes header length N (little-endian), N bytes of JSON, then the raw arrays, little-endian and
 * row-major, without a gap. Written for F32 and F64; nothing in it can run.
 * Source: the format's description in the huggingface/safetensors repository.
 */
const LENGTH_BYTES = 8;
/** Room for tens of thousands of tensors; the reference reader allows ten times as much. */
const LONGEST_HEADER = 10_000_000;
/** `dtype`, `shape` and `data_offsets`. */
const ENTRY_KEYS = 3;
const METADATA = '__metadata__';

/** Types of elements, each with how fresh, aligned bytes become floats. What we write are the first two. */
const ELEMENTS = {
  F32: { bytes: 4, decode: (buffer) => new Float32Array(buffer) },
  F64: { bytes: 8, decode: (buffer) => new Float64Array(buffer) },
  F16: { bytes: 2, decode: (buffer) => widenFloat16(new Uint16Array(buffer)) },
  BF16: { bytes: 2, decode: (buffer) => widenBfloat16(new Uint16Array(buffer)) },
  I8: { bytes: 1, decode: (buffer) => Float32Array.from(new Int8Array(buffer)) },
  U8: { bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  BOOL: { bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  I16: { bytes: 2, decode: (buffer) => Float32Array.from(new Int16Array(buffer)) },
  I32: { bytes: 4, decode: (buffer) => Float64Array.from(new Int32Array(buffer)) },
  U16: { bytes: 2, decode: (buffer) => Float32Array.from(new Uint16Array(buffer)) },
  U32: { bytes: 4, decode: (buffer) => Float64Array.from(new Uint32Array(buffer)) },
  U64: { bytes: 8, decode: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number) },
  I64: { bytes: 8, decode: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) },
} satisfies Readonly<Record<string, { bytes: number; decode: (buffer: ArrayBuffer) => FloatArray }>>;
type ElementType = keyof typeof ELEMENTS;

const OUR_TYPES: readonly ElementType[] = ['F32', 'F64'];
const ALL_TYPES = Object.keys(ELEMENTS) as ElementType[];

/** A file that anybody wrote. */
export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of their bytes; the caller owns them. */
  readonly tensors: readonly (NamedTensor & { readonly type: string })[];
}

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Encodes tensors in the given order; the caller owns the bytes.
 * @throws Error if a name occurs twice or an array does not fill its shape: a mistake of the program, not of a file
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set(METADATA, metadata);
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    if (header.has(name) || name === METADATA) throw new Error(`The tensor name ${JSON.stringify(name)} is taken.`);
    if (sizeOf(shape) !== values.length)
      throw new Error(`${name} has ${values.length} values for [${shape.join(', ')}].`);
    const begin = offset;
    offset += values.byteLength;
    header.set(name, {
      dtype: values instanceof Float64Array ? 'F64' : 'F32',
      shape: [...shape],
      data_offsets: [begin, offset],
    });
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Spaces at the end of the header align the arrays to 8 bytes, as readers that map the file like it.
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Decodes every tensor into fresh arrays, in the order of their bytes. Strict: sizes, offsets, holes, overlaps, duplicates and
 * types are checked before anything is allocated, and no more is allocated than the file holds.
 * @param file the name that problems give
 * @throws ProblemError for anything that is not exactly a safetensors file of F32 and F64
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): NamedTensor[] {
  return decodeFile(bytes, file, OUR_TYPES).tensors.map(({ name, shape, values }) => ({ name, shape, values }));
}

/** As {@link decodeSafetensors}, with the metadata and every type of number, widened to floats. */
export function decodeSafetensorsFile(bytes: Uint8Array, file: string): SafetensorsFile {
  return decodeFile(bytes, file, ALL_TYPES);
}

function decodeFile(bytes: Uint8Array, file: string, types: readonly ElementType[]): SafetensorsFile {
  const refuse = refusal(file);
  if (bytes.length < LENGTH_BYTES) throw refuse('cut-short', `holds only ${bytes.length} bytes`, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = view.getBigUint64(0, true);
  if (declared > BigInt(LONGEST_HEADER)) throw refuse('header-too-long', `declares a header of ${declared} bytes`, 0);
  const dataStart = LENGTH_BYTES + Number(declared);
  if (dataStart > bytes.length) {
    throw refuse(
      'cut-short',
      `declares a header of ${declared} bytes but holds only ${bytes.length} in all`,
      bytes.length,
    );
  }
  const { entries, metadata } = readHeader(bytes.subarray(LENGTH_BYTES, dataStart), types, refuse);
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let expected = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== expected) {
      const what = begin > expected ? 'leaves a hole before' : 'lets arrays overlap at';
      throw refuse('offsets', `${what} ${JSON.stringify(name)}`, dataStart + begin);
    }
    expected = end;
  }
  const available = bytes.length - dataStart;
  if (expected > available) {
    throw refuse('cut-short', `needs ${expected} bytes of arrays but holds ${available}`, bytes.length);
  }
  if (expected < available)
    throw refuse('trailing-bytes', `has ${available - expected} bytes too many`, dataStart + expected);
  const tensors = entries.map(({ name, type, shape, begin, end }) => {
    // A copy, because the file's bytes are rarely aligned and belong to the caller; and not by slice(), which for a Buffer of
    // Node is a view of the same memory.
    const copy = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end)).buffer;
    return { name, type, shape, values: ELEMENTS[type].decode(copy) };
  });
  return { metadata, tensors };
}

type Refuse = (code: string, what: string, byteOffset: number) => ProblemError;

function refusal(file: string): Refuse {
  return (code, what, byteOffset) => {
    const problem: Problem = {
      code: `safetensors/${code}`,
      message: `${file} is damaged: it ${what}.`,
      hint: 'Choose an undamaged copy of it.',
      file,
      byteOffset,
    };
    return new ProblemError(problem);
  };
}

function readHeader(
  bytes: Uint8Array,
  types: readonly ElementType[],
  refuse: Refuse,
): { entries: Entry[]; metadata: SafetensorsFile['metadata'] } {
  let header: unknown;
  let keys: number;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
    keys = countKeys(text);
  } catch {
    throw refuse('header', 'has a header that is not valid JSON', LENGTH_BYTES);
  }
  if (!isObject(header)) throw refuse('header', 'has a header that is not a JSON object', LENGTH_BYTES);
  const { [METADATA]: metadata = {}, ...tensors } = header;
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw refuse('header', 'has metadata that is not text', LENGTH_BYTES);
  }
  const entries = Object.entries(tensors).map(([name, value]) => readEntry(name, value, types, refuse));
  // JSON.parse keeps the last of two equal keys and says nothing.
  const expected = Object.keys(header).length + Object.keys(metadata).length + entries.length * ENTRY_KEYS;
  if (keys !== expected) throw refuse('duplicate', 'names a tensor twice', LENGTH_BYTES);
  return { entries, metadata: new Map(Object.entries(metadata).map(([key, value]) => [key, String(value)])) };
}

function readEntry(name: string, value: unknown, types: readonly ElementType[], refuse: Refuse): Entry {
  const called = JSON.stringify(name);
  if (!isObject(value) || Object.keys(value).length !== ENTRY_KEYS) {
    throw refuse('header', `describes ${called} wrongly`, LENGTH_BYTES);
  }
  const { dtype, shape, data_offsets: offsets } = value;
  const type = types.find((known) => known === dtype);
  if (type === undefined) {
    const known = `${types.slice(0, -1).join(', ')} and ${types.at(-1)}`;
    throw refuse(
      'type',
      `stores ${called} as ${JSON.stringify(dtype ?? null)}, and only ${known} can be read`,
      LENGTH_BYTES,
    );
  }
  if (!isSizes(shape)) throw refuse('shape', `gives ${called} a shape that is none`, LENGTH_BYTES);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw refuse('offsets', `gives ${called} no valid offsets`, LENGTH_BYTES);
  const [begin, end] = offsets as [number, number];
  const size = sizeOf(shape) * ELEMENTS[type].bytes;
  if (!Number.isSafeInteger(size) || end - begin !== size) {
    throw refuse('size', `gives ${called} ${end - begin} bytes for [${shape.join(', ')}] of ${type}`, LENGTH_BYTES);
  }
  return { name, type, shape, begin, end };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** Keys written in a valid JSON text: the strings that a colon follows. */
function countKeys(json: string): number {
  return json.match(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:?/g)?.filter((found) => found.endsWith(':')).length ?? 0;
}
