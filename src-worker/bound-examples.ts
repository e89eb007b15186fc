import type { BindableExamples, ByteImages, EncodedInputs, Variation } from './engine';
import { ProblemError } from './problem';
import { createFloats, sizeOf, type FloatArray, type Shape } from './tensor';

/** The examples of one part, held by a network: the bytes or floats themselves and where a row begins. */
export interface BoundExamples {
  readonly count: number;
  readonly memoryBytes: number;
  /**
   * Copies examples into a batch; 8-bit images are widened as (byte − offset[c]) · scale[c].
   * @param indices which examples, one per row of the batch
   * @param x `[indices.length, …inputShape]`, overwritten
   * @param y `[indices.length, outputs]`, overwritten
   * @param epoch which sees them, for those that are varied from epoch to epoch; null for the examples as they are
   */
  read(indices: Uint32Array, x: FloatArray, y: FloatArray, epoch: number | null): void;
  /** The weights of the same examples, fresh; null where all count alike. */
  weightsOf(indices: Uint32Array): FloatArray | null;
}

/**
 * Copies the examples, so that the caller may do with its arrays what it likes.
 * @throws ProblemError if the arrays do not hold `count` rows of the network's shapes
 */
export function bindRows(examples: BindableExamples, inputShape: Shape, outputs: number): BoundExamples {
  checkLengths(examples, inputShape, outputs);
  const { x, y, weights, ...others } = examples;
  const held = {
    ...others,
    x: copyInputs(x),
    y: y.slice(),
    ...(weights !== undefined && { weights: weights.slice() }),
  };
  return readRows(held, inputShape, outputs);
}

/**
 * Reads the examples where they are, so that a few of them can be looked at without a copy of all: the arrays have to stay as they are.
 * @throws ProblemError if they do not hold `count` rows of the network's shapes
 */
export function readRows(examples: BindableExamples, inputShape: Shape, outputs: number): BoundExamples {
  checkLengths(examples, inputShape, outputs);
  const { count, x, y: targets, weights = null, variation } = examples;
  const inputs = sizeOf(inputShape);
  const readInput = readerOf(x, inputShape);
  // Only images are varied, and those are never encoded.
  const readVaried = variation && !isEncoded(x) ? variedReader(variation, x, inputShape) : undefined;
  return {
    count,
    memoryBytes: bytesOf(x) + targets.byteLength + (weights?.byteLength ?? 0),
    read(indices, xOut, yOut, epoch) {
      indices.forEach((index, row) => {
        if (epoch === null || readVaried === undefined) readInput(index, xOut, row * inputs);
        else readVaried(epoch, index, xOut, row * inputs);
        for (let k = 0; k < outputs; k++) yOut[row * outputs + k] = targets[index * outputs + k]!;
      });
    },
    weightsOf: (indices) => weights && Float64Array.from(indices, (index) => weights[index]!),
  };
}

type ReadInput = (index: number, out: FloatArray, at: number) => void;

function readerOf(x: BindableExamples['x'], inputShape: Shape): ReadInput {
  if (isEncoded(x)) return encodedReader(x, sizeOf(inputShape));
  return isBytes(x) ? imageReader(x, inputShape) : floatReader(x, sizeOf(inputShape));
}

/** Reads an example as an epoch sees it, by way of an image of its own. */
function variedReader(
  variation: Variation,
  x: FloatArray | ByteImages,
  inputShape: Shape,
): (epoch: number, ...rest: Parameters<ReadInput>) => void {
  const size = sizeOf(inputShape);
  const from = isBytes(x) ? x.bytes : x;
  const varied = from.slice(0, size);
  const read = readerOf(isBytes(x) ? { ...x, bytes: varied as Uint8Array } : (varied as FloatArray), inputShape);
  return (epoch, index, out, at) => {
    variation.vary(epoch, index, from, index * size, varied, 0);
    read(0, out, at);
  };
}

function floatReader(values: FloatArray, inputs: number): ReadInput {
  return (index, out, at) => {
    for (let i = 0; i < inputs; i++) out[at + i] = values[index * inputs + i]!;
  };
}

function encodedReader(x: EncodedInputs, inputs: number): ReadInput {
  const one = createFloats(inputs, x.precision);
  const chosen = new Uint32Array(1);
  return (index, out, at) => {
    chosen[0] = index;
    x.write(one, chosen);
    out.set(one, at);
  };
}

function imageReader({ bytes, offset, scale }: ByteImages, [channels, ...plane]: Shape): ReadInput {
  const pixels = sizeOf(plane);
  return (index, out, at) => {
    for (let c = 0; c < channels!; c++) {
      for (let p = 0; p < pixels; p++) {
        const i = c * pixels + p;
        out[at + i] = (bytes[index * channels! * pixels + i]! - offset[c]!) * scale[c]!;
      }
    }
  };
}

function isBytes(x: BindableExamples['x']): x is ByteImages {
  return 'bytes' in x;
}

export function isEncoded(x: BindableExamples['x']): x is EncodedInputs {
  return 'write' in x;
}

function copyInputs(x: BindableExamples['x']): FloatArray | ByteImages {
  if (isBytes(x)) return { bytes: x.bytes.slice(), offset: x.offset.slice(), scale: x.scale.slice() };
  return isEncoded(x) ? writeAll(x) : x.slice();
}

/** All of them, fresh. */
export function writeAll(x: EncodedInputs): FloatArray {
  const all = createFloats(x.length, x.precision);
  x.write(all);
  return all;
}

function bytesOf(x: BindableExamples['x']): number {
  if (isBytes(x)) return x.bytes.byteLength;
  return isEncoded(x) ? 0 : x.byteLength;
}

function checkLengths({ count, x, y, weights }: BindableExamples, inputShape: Shape, outputs: number): void {
  checkLength('x', isBytes(x) ? x.bytes.length : x.length, count, sizeOf(inputShape));
  checkLength('y', y.length, count, outputs);
  if (weights !== undefined) checkLength('weights', weights.length, count, 1);
}

/** A batch must be whole: a row short would train on what memory happens to hold. */
export function checkLength(name: string, length: number, rows: number, columns: number): void {
  if (length === rows * columns) return;
  throw new ProblemError({
    code: 'examples/length',
    message: `${name} must hold ${rows} × ${columns} = ${rows * columns} values, but holds ${length}.`,
    hint: 'Prepare the data again for this network.',
  });
}
