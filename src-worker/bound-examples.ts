import type { ByteImages, Examples, Variation } from './engine';
import { ProblemError } from './problem';
import { sizeOf, type FloatArray, type Shape } from './tensor';

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
export function bindRows(examples: Examples, inputShape: Shape, outputs: number): BoundExamples {
  const inputs = sizeOf(inputShape);
  const { count } = examples;
  const x = isBytes(examples.x) ? examples.x.bytes : examples.x;
  checkLength('x', x.length, count, inputs);
  checkLength('y', examples.y.length, count, outputs);
  if (examples.weights !== undefined) checkLength('weights', examples.weights.length, count, 1);
  const targets = examples.y.slice();
  const weights = examples.weights?.slice() ?? null;
  const held = isBytes(examples.x) ? copyImages(examples.x) : examples.x.slice();
  const readInput = readerOf(held, inputShape);
  const readVaried = examples.variation && variedReader(examples.variation, held, inputShape);
  return {
    count,
    memoryBytes: x.byteLength + targets.byteLength + (weights?.byteLength ?? 0),
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

function readerOf(x: FloatArray | ByteImages, inputShape: Shape): ReadInput {
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

function isBytes(x: FloatArray | ByteImages): x is ByteImages {
  return 'bytes' in x;
}

function copyImages({ bytes, offset, scale }: ByteImages): ByteImages {
  return { bytes: bytes.slice(), offset: offset.slice(), scale: scale.slice() };
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
