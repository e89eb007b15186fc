/**
 * The mistakes of a network on one part of its data, as the window sees them. Types only: they cross.
 *
 * The caller drives, as with training: a pass over the part is started once and goes on for so many milliseconds a call. It is made with
 * the weights of one moment, whatever training does meanwhile, and training stays what it is to the bit.
 */
import type { Metrics } from '../../api';
import type { Part } from '../../engine';
import type { ClassFigures } from '../../metrics/confusion';
import type { Outcome } from '../../problem';
import type { NamedTensor } from '../../tensor';

/** What the trainer offers of it. */
export interface MistakesApi {
  /** Begins a pass in place of one that was under way; what the last finished one found stays until this one is done. */
  startMistakes(request: MistakesRequest): Outcome<null>;

  /** Goes on with it for so many milliseconds; a slice of the examples is answered in any case. */
  continueMistakes(ms: number): Outcome<MistakesState>;

  /** Examples of the last finished pass, those with the largest loss first. */
  mistakenExamples(request: ExamplesRequest): Outcome<MistakenExamples>;
}

export interface MistakesRequest {
  readonly part: Part;
  /** Those of the run now, those of its best epoch, or any others that fit its network. */
  readonly weights: 'present' | 'best' | readonly NamedTensor[];
}

export interface MistakesState {
  readonly done: number;
  readonly total: number;
  /** Null until the pass is finished. Fresh; the receiver owns it. */
  readonly report: MistakesReport | null;
  /** What the call took. */
  readonly ms: number;
}

export interface MistakesReport {
  readonly part: Part;
  /** Of the weights: whole epochs and updates behind them, as the run counts them; null where others were given. */
  readonly epoch: number | null;
  readonly examples: number;
  /** Examples of the first file, which alone can be taken out or relabelled. */
  readonly own: number;
  readonly metrics: Metrics;
  /** Null for regression. */
  readonly classes: ClassMistakes | null;
  /** Null for classes. */
  readonly numbers: NumberMistakes | null;
}

export interface ClassMistakes {
  /** In the order of the rows and columns. */
  readonly classes: readonly string[];
  /** `[classes, classes]`: row the right class, column the answer. */
  readonly counts: Uint32Array;
  /** Per class the examples without an answer, because an output was not a number. */
  readonly unanswered: Uint32Array;
  readonly figures: readonly ClassFigures[];
  /** One for each class against the rest; null where the part has only one of the two, or the classes are too many. */
  readonly roc: readonly (RocCurve | null)[];
  /** Null where the outputs are no probabilities. */
  readonly calibration: Calibration | null;
}

/** The share of right and of false alarms at every threshold, from the highest down. At most some hundred points. */
export interface RocCurve {
  readonly auc: number;
  /** FP / N and TP / P of the answers "p ≥ threshold". */
  readonly falsePositive: Float64Array;
  readonly truePositive: Float64Array;
  /** The first is ∞: no answer at all. */
  readonly thresholds: Float64Array;
}

export interface Calibration {
  /** How often an answer is right, by the probability that it was given with. */
  readonly answers: Reliability;
  /** How often each class is right, by the probability that it was given. */
  readonly classes: readonly Reliability[];
}

/** Bins of equal width from 0 to 1; the upper end belongs to a bin. */
export interface Reliability {
  readonly count: Uint32Array;
  /** Mean probability and share that is right in each bin; NaN in an empty one. */
  readonly confidence: Float64Array;
  readonly share: Float64Array;
  /** Expected calibration error: Σ count / m · |share − confidence|. */
  readonly error: number;
}

export interface NumberMistakes {
  /** Up to some thousand examples, evenly drawn: all in the target's own units. */
  readonly place: Uint32Array;
  readonly target: Float64Array;
  readonly predicted: Float64Array;
  /** Of the residuals y − ŷ of all examples, in bins of equal width. */
  readonly residuals: {
    readonly min: number;
    readonly max: number;
    readonly counts: Uint32Array;
    readonly mean: number;
    readonly deviation: number;
  };
}

export interface ExamplesRequest {
  /** Classes by index; null for any. Both null are all examples, and with `wrong` those that were answered wrongly. */
  readonly right: number | null;
  readonly answer: number | null;
  readonly wrong: boolean;
  readonly from: number;
  readonly count: number;
  /** Which columns of a table. */
  readonly columns: { readonly from: number; readonly count: number };
}

export interface MistakenExamples {
  readonly matching: number;
  readonly examples: readonly MistakenExample[];
}

export interface MistakenExample {
  /** As in `data/browse`. */
  readonly place: number;
  readonly target: string | number;
  /** Null where an output was not a number. */
  readonly answer: string | number | null;
  readonly loss: number;
  /** The output of the class that it was answered with; null for regression. */
  readonly confidence: number | null;
  /** Cells as they were read; empty for images. */
  readonly cells: readonly (string | null)[];
  /** `[channels, height, width]`; null for tables. */
  readonly pixels: Uint8Array | null;
}
