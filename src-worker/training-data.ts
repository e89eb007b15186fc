import { sizeOf, type FloatArray } from './tensor';
import type { Part } from './engine';
import type { Outcome } from './problem';
import type { Run } from './run';

/** One part of the data as the network eats it, on its way to another program. Fresh arrays that belong to the receiver. */
export interface TrainingPart {
  readonly count: number;
  /** `[count, …inputShape]`: scaled floats, or the bytes of images before (byte − offset[c]) · scale[c]. */
  readonly x: Float32Array | Uint8Array;
  /** `[count, outputs]`: one-hot for classes, 0 or 1 for one sigmoid unit, scaled targets for regression. */
  readonly y: Float32Array;
  /** What each example counts in the cost, `[count]`; null where all count alike. */
  readonly weights: Float32Array | null;
}

/** The prepared data of a run, divided as the run divides them. */
export type TrainingData = Readonly<Record<Part, TrainingPart | null>>;

/** What the trainer offers of it. */
export interface TrainingDataApi {
  /** The prepared data, part by part, for an export that trains elsewhere. */
  trainingData(): Outcome<TrainingData>;
}

/** Copies of every part in float32, in the order of the data: an epoch visits them as `epochOrder` says. */
export function trainingDataOf({ prepared, outputs, experiment }: Run): TrainingData {
  const { classWeights } = experiment.training;
  const size = sizeOf(prepared.preprocessing.inputShape);
  const take = (part: Part): TrainingPart | null => {
    const examples = prepared.examples(part, outputs, 'float32', classWeights);
    if (examples === null) return null;
    const { count, x, y, weights } = examples;
    const bytes = 'bytes' in x;
    return {
      count,
      // Bytes may be those of the file itself, and maybe more of it than this part.
      x: bytes ? x.bytes.slice(0, count * size) : narrow(x),
      y: narrow(y),
      weights: weights === undefined ? null : narrow(weights),
    };
  };
  return { train: take('train'), dev: take('dev'), test: take('test') };
}

function narrow(values: FloatArray): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
