import type { DataSummary, Preprocessing } from '../api';
import type { BindableExamples, Examples, Part, Precision } from '../engine';
import type { ClassWeights } from '../experiment/document';
import type { RawInputs } from '../proof';
import type { DataBrowser } from './browse/browse-types';

/** Data as the network eats it, for one `DataSpec`. Immutable; raw columns are shared with what was loaded. */
export interface PreparedData {
  readonly summary: DataSummary;
  /** Fitted on the training part only. */
  readonly preprocessing: Preprocessing;
  /** What lies between black and white in each channel of the images, which noise is measured by; null for what is never varied. */
  readonly ranges: readonly number[] | null;
  /** Looks at the examples one by one; made when it is first asked for. */
  readonly browser: () => DataBrowser;

  /**
   * The examples of a part, `x` as `[count, …inputShape]` and `y` as `[count, outputs]`; null where the split leaves none.
   *
   * With K classes `outputs` = K gives one-hot targets and, for K = 2, `outputs` = 1 gives 0 or 1. Regression has one output, the
   * scaled target. `x` and `y` are made afresh on every call and belong to the caller, except 8-bit images without a copy
   * where the part is a whole file.
   *
   * @param classWeights any but `none` add to the training part of classes what each example counts
   * @param precision element type of `x` and `y`; what the backend computes in, so that nothing is rounded on the way
   * @throws RangeError if `outputs` fits neither; the network's inspection has refused that before
   */
  examples(part: Part, outputs: number, precision?: Precision, classWeights?: ClassWeights): Examples | null;

  /**
   * The same for a network to take: the inputs of a table are not made before it asks for them, so that they need not lie in memory
   * twice.
   */
  bindable(part: Part, outputs: number, precision?: Precision, classWeights?: ClassWeights): BindableExamples | null;

  /** At most so many examples of a part before any scaling, from the first or from another one on, fresh; null where the split leaves none. */
  raw(part: Part, most: number, from?: number): RawInputs | null;

  /** The class index of an example of a part, or its number in the target's own units. */
  targetOf(part: Part, index: number): number;
}

/** What a network is trained and measured with. */
export type TrainableData = Pick<PreparedData, 'summary' | 'preprocessing' | 'examples' | 'bindable'>;
