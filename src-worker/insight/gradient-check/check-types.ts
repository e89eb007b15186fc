/**
 * The gradient check as the window sees it. Types only: they cross.
 *
 * The caller drives, as with training: a check is started once and then goes on for so many milliseconds a call; whoever stops calling
 * has stopped it. It works on a copy of the weights, so that training goes on beside it and stays what it is to the bit.
 */
import type { Outcome } from '../../problem';

/** What the trainer offers of it. */
export interface GradientCheckApi {
  /** What a check of the present run may be asked for. */
  gradientCheckChoices(): Outcome<GradientCheckChoices>;

  /** Begins a check of the run's network at its present weights, in place of one that was under way. */
  startGradientCheck(request: GradientCheckRequest): Outcome<GradientCheckState>;

  /**
   * Goes on with it: first every array, then the error over h of one of them.
   * @param ms until when at least; one pass through the network is made in any case
   * @param curveOf the array whose error over h is wanted; null for the worst one
   */
  continueGradientCheck(ms: number, curveOf: string | null): Outcome<GradientCheckState>;
}

/** Every bug that can be planted, by kind. */
export type BugKind =
  | 'lost-transpose'
  | 'missing-mean'
  | 'wrong-sign'
  | 'wrong-layer'
  | 'missing-derivative'
  | 'derivative-twice'
  | 'bias-not-summed'
  | 'forgotten-l2';

export interface GradientCheckChoices {
  /** Examples of the training part, at most those of one check; and how many make one pass quick. */
  readonly mostExamples: number;
  readonly examples: number;
  readonly bugs: readonly BugChoice[];
}

export interface BugChoice {
  readonly kind: BugKind;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly summary: string;
  /** The equation as it is and as the bug has it, in KaTeX. */
  readonly right: string;
  readonly wrong: string;
  /** What a network needs for it to do harm, in a sentence. */
  readonly needs: string;
  /** The arrays that it makes wrong in this network; empty where it does no harm. */
  readonly hits: readonly string[];
}

export interface GradientCheckRequest {
  /** Examples that the cost is taken over, evenly drawn from the training part. */
  readonly examples: number;
  /** At most this many entries of each array, drawn by the network's seed. */
  readonly entries: number;
  /** h: half the distance of the central difference. */
  readonly step: number;
  /** Planted into the backpropagation of this check alone. */
  readonly bug: BugKind | null;
}

/** How far a check is, and what it found so far. Fresh; the receiver owns it. */
export interface GradientCheckState {
  readonly status: 'arrays' | 'curve' | 'done';
  /** Entries looked at, of those that will be. */
  readonly done: number;
  readonly total: number;
  /** One for each trained array that is finished, in layer order. */
  readonly verdicts: readonly GradientVerdict[];
  /** Null until the arrays are finished; grows from large h to small. */
  readonly curve: ErrorCurve | null;
  /** Updates that the weights had behind them, and whole epochs. */
  readonly trainingStep: number;
  readonly epoch: number;
  readonly limit: number;
  readonly request: GradientCheckRequest;
  /** What the call took. */
  readonly ms: number;
}

/** What the check says of one parameter array. */
export interface GradientVerdict {
  /** `W1`, `b1`, … */
  readonly name: string;
  readonly shape: readonly number[];
  /** Worst relative error of the entries checked; 0 when there are none. */
  readonly error: number;
  /** Where it is, counted over the row-major array; −1 when no entry was checked. */
  readonly index: number;
  /** Central difference and backpropagation at that entry. */
  readonly numeric: number;
  readonly analytic: number;
  /** Entries of the array, entries compared, and entries left out because a unit crossed a kink, where no derivative exists. */
  readonly size: number;
  readonly checked: number;
  readonly atKink: number;
  /** Whether something was checked and nothing was off by more than the limit. */
  readonly passed: boolean;
}

/** The worst relative error of some entries of an array for many h. */
export interface ErrorCurve {
  readonly name: string;
  /** How many entries it is of; the worst one of the array is among them. */
  readonly entries: number;
  /** From the largest to the smallest. */
  readonly steps: readonly number[];
  /** Of the first steps; NaN where a unit crossed a kink for every entry. */
  readonly errors: readonly number[];
}
