import { ProblemError } from '../../../src-worker/problem';
import { sizeOf, type FloatArray } from '../../../src-worker/tensor';
import type { FileTensor } from '../describe-tensor';
import { widenBfloat16, widenFloat16 } from '../../half';
import { damagedModel } from '../unsupported';
import type { OnnxTensor } from './model';
import { WireReader } from './wire';

interface ElementType {
  readonly label: string;
  readonly bytes: number;
  /** Out of little-endian bytes that are aligned and its own. */
  readonly decode: (buffer: ArrayBuffer) => FloatArray;
  /** The packed field that may hold it instead, and how: as fixed bytes or as varints. */
  readonly packed: readonly [field: number, as: 'bytes' | 'varints'];
}

const widen = (values: ArrayLike<number> | BigInt64Array | BigUint64Array): Float64Array =>
  Float64Array.from(values as ArrayLike<number>, Number);

/** Element types by their number in onnx.proto. */
const TYPES: Readonly<Record<number, ElementType>> = {
  1: { label: 'float32', bytes: 4, decode: (buffer) => new Float32Array(buffer), packed: [4, 'bytes'] },
  2: {
    label: 'uint8',
    bytes: 1,
    decode: (buffer) => Float32Array.from(new Uint8Array(buffer)),
    packed: [5, 'varints'],
  },
  3: { label: 'int8', bytes: 1, decode: (buffer) => Float32Array.from(new Int8Array(buffer)), packed: [5, 'varints'] },
  4: {
    label: 'uint16',
    bytes: 2,
    decode: (buffer) => Float32Array.from(new Uint16Array(buffer)),
    packed: [5, 'varints'],
  },
  5: {
    label: 'int16',
    bytes: 2,
    decode: (buffer) => Float32Array.from(new Int16Array(buffer)),
    packed: [5, 'varints'],
  },
  6: { label: 'int32', bytes: 4, decode: (buffer) => widen(new Int32Array(buffer)), packed: [5, 'varints'] },
  7: { label: 'int64', bytes: 8, decode: (buffer) => widen(new BigInt64Array(buffer)), packed: [7, 'varints'] },
  9: { label: 'bool', bytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)), packed: [5, 'varints'] },
  10: { label: 'float16', bytes: 2, decode: (buffer) => widenFloat16(new Uint16Array(buffer)), packed: [5, 'varints'] },
  11: { label: 'float64', bytes: 8, decode: (buffer) => new Float64Array(buffer), packed: [10, 'bytes'] },
  12: { label: 'uint32', bytes: 4, decode: (buffer) => widen(new Uint32Array(buffer)), packed: [11, 'varints'] },
  13: { label: 'uint64', bytes: 8, decode: (buffer) => widen(new BigUint64Array(buffer)), packed: [11, 'varints'] },
  16: {
    label: 'bfloat16',
    bytes: 2,
    decode: (buffer) => widenBfloat16(new Uint16Array(buffer)),
    packed: [5, 'varints'],
  },
};
const STRING = 8;

/**
 * The numbers of an array as floats, fresh; null for one of texts.
 * @throws ProblemError where it does not hold as many as its shape promises, or of a type that is none of numbers
 */
export function decodeTensor(tensor: OnnxTensor, file: string): FileTensor {
  const { name, dims, raw, packed } = tensor;
  const called = JSON.stringify(name.slice(0, 100));
  if (tensor.type === STRING) return { name, type: 'string', shape: dims, values: null };
  if (tensor.external)
    throw new ProblemError({
      code: 'import/external-data',
      message: `${file} keeps the array ${called} in another file.`,
      hint: 'Save it with its arrays inside: onnx.save(model, path) without save_as_external_data.',
      file,
    });
  const type = TYPES[tensor.type];
  if (type === undefined)
    throw new ProblemError({
      code: 'import/type',
      message: `${file} holds the array ${called} of type number ${tensor.type}, which is none of those that can be read.`,
      hint: `Accepted: ${Object.values(TYPES)
        .map(({ label }) => label)
        .join(', ')}.`,
      file,
    });
  const [field, as] = type.packed;
  const found = raw ?? packed.get(field) ?? new Uint8Array(0);
  const size = sizeOf(dims);
  if (raw === null && as === 'varints') {
    // Each takes a byte at least, so that the file bounds the array.
    if (size > found.length) throw tooFew(file, called, dims);
    return { name, type: type.label, shape: dims, values: fromVarints(found, size, type, file, called, dims) };
  }
  if (size * type.bytes !== found.length) throw tooFew(file, called, dims);
  return { name, type: type.label, shape: dims, values: type.decode(new Uint8Array(found).buffer) };
}

/** Narrow types stand in int32s: their bits are its lowest. */
function fromVarints(
  bytes: Uint8Array,
  size: number,
  type: ElementType,
  file: string,
  called: string,
  dims: readonly number[],
): FloatArray {
  const buffer = new ArrayBuffer(size * type.bytes);
  const view = new DataView(buffer);
  let n = 0;
  for (const value of new WireReader(bytes, file).varints()) {
    if (n === size) throw tooFew(file, called, dims);
    if (type.bytes === 8) view.setBigUint64(8 * n, value, true);
    else if (type.bytes === 4) view.setUint32(4 * n, Number(BigInt.asUintN(32, value)), true);
    else if (type.bytes === 2) view.setUint16(2 * n, Number(BigInt.asUintN(16, value)), true);
    else view.setUint8(n, Number(BigInt.asUintN(8, value)));
    n += 1;
  }
  if (n !== size) throw tooFew(file, called, dims);
  return type.decode(buffer);
}

function tooFew(file: string, called: string, dims: readonly number[]): ProblemError {
  return new ProblemError(damagedModel(file, `the array ${called} does not hold the numbers of [${dims.join(', ')}]`));
}
