import type { EpochRecord, Task } from '../../api';
import type { Experiment, LayerSpec } from '../../experiment/document';
import type { Problem } from '../../problem';

/** What a run can suffer from; each has a file of its own in this folder. */
export type AilmentKind =
  | 'diverged'
  | 'symmetric-units'
  | 'linear-network'
  | 'silent-units'
  | 'fading-gradients'
  | 'leak'
  | 'unseen-class'
  | 'overfitting'
  | 'underfitting'
  | 'plateau';

/** An edit of the document as data: an edit like any other once the person takes it. */
export interface DoctorChange {
  /** What it does, as its button says it: `Set L2 to 0.01`. */
  readonly label: string;
  /** The parts of the document that it replaces. */
  readonly parts: Partial<Pick<Experiment, 'data' | 'network' | 'training'>>;
  /** From which weights the run goes on: those it has, those of its best epoch, or the initial ones of the seed. */
  readonly start: 'here' | 'best' | 'initial';
}

/** One ailment that was found, in one sentence, with the numbers it rests on. */
export interface Finding {
  readonly ailment: AilmentKind;
  readonly sentence: string;
  readonly grounds: string;
  /** Null where no setting would help. */
  readonly change: DoctorChange | null;
}

/** One layer with units, on the rows of the probe. */
export interface LayerEvidence {
  /** As the document counts them, from 1. */
  readonly number: number;
  readonly spec: LayerSpec;
  /** Whether another layer with weights comes behind it. */
  readonly hidden: boolean;
  /** Rows of W: units of a dense layer, filters of a convolution. */
  readonly units: number;
  /** Units whose relu is 0 for every row. */
  readonly silent: number;
  /** Share of the sigmoids or tanhs within a hundredth of either end of their range. */
  readonly saturated: number;
  /** Whether there are several units and all have the same weights. */
  readonly alike: boolean;
  /** Root mean square of δ; null where the layer has no activation. */
  readonly delta: number | null;
  /** √(fan-in) times the root mean square of the weights that the seed gives: about 1 with Xavier, 1.4 with He. */
  readonly initialGain: number;
}

/** How a vote, or the mean, of the five nearest other rows would answer: what a model without any training reaches. */
export interface Neighbours {
  readonly rows: number;
  /** Share of right answers for classes; RMSE in the target's own units for a regression. */
  readonly score: number;
}

/** A column that alone gives the answer. */
export interface Leak {
  readonly column: string;
  /** Share of the rows it answers rightly, or the size of its correlation with the target. */
  readonly strength: number;
  readonly rows: number;
}

/** What the data alone say: taken once for each preparation of them. */
export interface DataEvidence {
  readonly neighbours: Neighbours | null;
  readonly leak: Leak | null;
}

/** All that the rules look at. They see no network and no data, so that each is a pure function. */
export interface Evidence extends DataEvidence {
  readonly experiment: Experiment;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly inputs: number;
  readonly outputs: number;
  readonly devExamples: number;
  readonly records: readonly EpochRecord[];
  /** Why the loss stopped being a number. */
  readonly problem: Problem | null;
  readonly layers: readonly LayerEvidence[];
  /** Right answers in the probe, and how often each class is the truth and the answer there; empty for a regression. */
  readonly right: number;
  readonly actual: readonly number[];
  readonly answered: readonly number[];
  /** Rows of the probe, and those of them that the layers were looked at on. */
  readonly probed: number;
  readonly traced: number;
  /** Largest size among the inputs of the probe. */
  readonly largestInput: number;
  /** ‖θ − θ₀‖ / ‖θ₀‖ over all weights, θ₀ those that the seed gives. */
  readonly moved: number;
  /** W and b of the one linear map that the network is, row by row; null where it is none or too large to read. */
  readonly map: { readonly W: readonly (readonly number[])[]; readonly b: readonly number[] } | null;
}

/** Looks for one ailment; null where the evidence does not show it. */
export type Ailment = (evidence: Evidence) => Finding | null;
