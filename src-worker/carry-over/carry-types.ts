import type { BuildInfo, RunState } from '../api';
import type { Experiment } from '../experiment/document';
import type { Shape } from '../tensor';

/** A run at one moment, and what it takes to come back to it or to carry it over into another network. Plain data. */
export interface Moment {
  readonly experiment: Experiment;
  readonly inputShape: Shape;
  /** Names of the inputs after one-hot, in their order; empty for images. */
  readonly featureNames: readonly string[];
  /** Names of the classes in the order of the outputs; empty for regression. */
  readonly classes: readonly string[];
  /** The receiver owns its arrays. */
  readonly state: RunState;
}

/** Whose weights a network takes over. */
export interface CarryRequest {
  /**
   * Which layer of the old document each layer of the new one continues, by its index; null for a new one. Left out, it is told
   * from the two documents, which cannot know one of two equal layers from the other.
   */
  readonly layers?: readonly (number | null)[];
  /** Left out: the present run as it stands. */
  readonly from?: Moment;
}

/** What became of the trained parameters of one layer. */
export interface LayerCarry {
  /** Index in the new document. */
  readonly layer: number;
  /** Index in the old document of the layer that it continues; null for a new one. */
  readonly from: number | null;
  /** Parameters that kept their value, and with it what the optimizer knows of them. */
  readonly kept: number;
  /** Parameters that start as the layer's initializer says. */
  readonly fresh: number;
}

export interface CarryReport {
  /** Layers of the new document that have trained parameters. */
  readonly layers: readonly LayerCarry[];
  readonly kept: number;
  readonly fresh: number;
  /** Trained parameters of the old network that have no place in the new one. */
  readonly lost: number;
  /** Whether the optimizer's arrays went on; they begin anew with another optimizer. */
  readonly optimizerKept: boolean;
  /** Whether a loss still means what it meant: else the best epoch is looked for anew. */
  readonly sameMeasure: boolean;
}

export interface Carried {
  readonly info: BuildInfo;
  readonly report: CarryReport;
}
