import type { Part, Precision } from '../engine';
import type { ActivationKind, LayerSpec, LossKind, OptimizerSpec } from '../experiment/document';
import type { Window } from '../layers/window';
import type { NamedTensor, Shape } from '../tensor';

/** Which examples the step is made on. */
export type StepExamples =
  /** Places in the part, from 0, in this order. */
  | { readonly indices: readonly number[] }
  /** The batch that training takes next; only of the training part. */
  | 'next-batch'
  /** The first example of the class behind this place, going round at the end of the part. */
  | { readonly ofClass: number; readonly after: number };

export interface StepRequest {
  readonly part: Part;
  readonly examples: StepExamples;
}

/** A layer as the step met it. */
export interface TracedLayer {
  /** From 1, counting every layer of the document. */
  readonly number: number;
  /** `Layer 2 (dense)`. */
  readonly name: string;
  readonly spec: LayerSpec;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly activation: ActivationKind | null;
  /** What its random numbers start from; see dropout-mask.ts. */
  readonly key: number;
  /** Of a convolution or a pool; else null. */
  readonly window: Window | null;
  readonly parameters: readonly {
    /** `W`; with the layer's number it is `W1`. */
    readonly name: string;
    readonly shape: Shape;
    /** Whether L1, L2 and weight decay act on it. */
    readonly regularised: boolean;
    /** False for what is kept and not trained, such as a running mean. */
    readonly trained: boolean;
  }[];
}

/**
 * One training step in full with its update, which is not made: what the Maths view is drawn from. Every number is worked out by
 * the reference in float64, from the weights and the optimizer's state of the moment. All arrays are fresh and belong to the
 * receiver.
 */
export interface StepTrace {
  readonly part: Part;
  /** The examples, by their places in the part, from 0: the rows of every batch array. */
  readonly indices: readonly number[];
  /** Examples of the part. */
  readonly examples: number;
  /** Updates that the weights have behind them, and whole epochs. */
  readonly step: number;
  readonly epoch: number;
  readonly precision: 'float64';
  /** What the run itself trains in: its weights are exact here, what it makes of them is rounded there. */
  readonly trainedIn: Precision;
  readonly inputShape: Shape;
  readonly layers: readonly TracedLayer[];
  readonly lossKind: LossKind;
  /** Names of the classes; empty for regression. */
  readonly classes: readonly string[];
  readonly featureNames: readonly string[];
  /** With the learning rate of this very update. */
  readonly optimizer: OptimizerSpec;
  readonly l2: number;
  readonly l1: number;
  /** The longest gradient that is let through; 0 where none is shortened. */
  readonly clipNorm: number;
  /** ‖∂J/∂(W, b)‖ before clipping. */
  readonly gradientNorm: number;
  /** Number of this update since the optimizer's arrays were 0, from 1: t of Adam. */
  readonly t: number;
  /** What each example counts for; null where all count alike. */
  readonly weights: Float64Array | null;
  /** Exactly the arrays of `layerlab trace`, by the same names and in the same order. */
  readonly tensors: readonly NamedTensor[];
  /** ∂L/∂a of layers without an activation, `da{l}`, and what a batch norm keeps, `mean{l}` and `variance{l}`. */
  readonly inner: readonly NamedTensor[];
  /** The optimizer's arrays before the update, such as `v.W1`. */
  readonly state: readonly NamedTensor[];
  /** Parameters and the optimizer's arrays behind the update, by the same names. */
  readonly after: readonly NamedTensor[];
}
