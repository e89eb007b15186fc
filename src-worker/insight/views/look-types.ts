/**
 * What the window sees of the inside of a network: weights, gradients, updates and what the layers answer. Types only: they cross
 * to the window. Every number is one that the engine of the run computed; a look leaves the run as it is, to the bit.
 */
import type { Part } from '../../engine';
import type { ActivationKind, LayerKind } from '../../experiment/document';
import type { Outcome } from '../../problem';
import type { Shape } from '../../tensor';

/** What the trainer offers to look inside. */
export interface LookApi {
  /** How weights and outputs of every layer are spread, and which units are silent, over some examples of the training part. */
  lookForward(): Outcome<ForwardLook>;

  /** How the gradients of the batch that comes next are spread, and the update that it would make. */
  lookBackward(): Outcome<BackwardLook>;

  /** One array of parameters, as many units of it as may be shown at once. */
  lookAtWeights(request: WeightsRequest): Outcome<WeightsLook>;

  /** What every layer makes of one example, in evaluation as for a prediction. */
  lookAtExample(request: ExampleRequest): Outcome<ExampleLook>;

  /** The next example of a kind; a long search comes back unfinished and is asked for again. */
  findExample(request: FindRequest): Outcome<FoundExample>;

  /** What the units of one layer make of many examples. */
  lookAtBatch(request: BatchRequest): Outcome<BatchLook>;
}

/** Of every look: when it was taken and what it cost, so that the next one can wait long enough. */
export interface Look {
  /** Updates that the weights have behind them. */
  readonly step: number;
  /** The same in epochs, with a fraction inside of one. */
  readonly epoch: number;
  /** Milliseconds that the worker took for it. */
  readonly costMs: number;
}

/** How numbers are spread. Those that are not finite are counted and left out of everything else. */
export interface Spread {
  /** Finite numbers looked at: all of them, or of a large array some that are evenly drawn. */
  readonly count: number;
  /** Numbers of the array. */
  readonly of: number;
  readonly notFinite: number;
  readonly zeros: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Root of the mean squared distance from the mean. */
  readonly deviation: number;
  /** Root of the sum of squares: ‖·‖, of all numbers of the array. */
  readonly norm: number;
  /** Numbers in each of the bins of equal width from `min` to `max`; all in the first where they are equal. */
  readonly counts: Uint32Array;
}

export interface ForwardLook extends Look {
  /** Examples that went through, evenly drawn, of those of the training part. */
  readonly examples: number;
  readonly of: number;
  readonly layers: readonly LayerLook[];
  /** Of everything that is trained, in layer order. */
  readonly parameters: readonly { readonly name: string; readonly layer: number; readonly values: Spread }[];
}

export interface LayerLook {
  /** As the document counts, from 1. */
  readonly number: number;
  readonly kind: LayerKind;
  readonly activation: ActivationKind | null;
  readonly outputShape: Shape;
  readonly activations: Spread;
  /** Null for the last layer, whose ends are answers, and for layers that can neither be silent nor saturated. */
  readonly health: UnitHealth | null;
}

/** Units that pass no gradient: CS229 notes, section 3.2, on δ. A channel of an image is one unit. */
export interface UnitHealth {
  /** `dead`: relu answers 0 to every example. `saturated`: sigmoid or tanh is at an end of its range for nearly all of them. */
  readonly kind: 'dead' | 'saturated';
  readonly units: number;
  /** Those that are, from 0, ascending. */
  readonly which: Uint32Array;
  /** Share of all outputs that are 0, or at an end. */
  readonly share: number;
}

export interface BackwardLook extends Look {
  /** Examples of the batch that comes next, and how many of them the gradient here is of. */
  readonly batch: number;
  readonly examples: number;
  readonly parameters: readonly ParameterLook[];
}

export interface ParameterLook {
  /** `W1`. */
  readonly name: string;
  readonly layer: number;
  /** ‖W‖. */
  readonly norm: number;
  readonly gradient: Spread;
  /** What the optimizer would add to it in the next step; null where a step takes too long to try, or gives no finite number. */
  readonly update: Spread | null;
}

export interface WeightsRequest {
  /** `W1`, `gamma2`; the first array of the network where it has none of that name. */
  readonly name: string;
  /** First unit: row of a dense W, filter of a convolution. */
  readonly from: number;
  /** Whether the gradient of the batch that comes next is wanted too. */
  readonly gradient: boolean;
}

export interface WeightsLook extends Look {
  /** Everything there is to look at, in layer order. */
  readonly arrays: readonly WeightArray[];
  /** Null where the network has no parameters at all. */
  readonly chosen: {
    readonly array: WeightArray;
    readonly from: number;
    readonly units: number;
    /** Those units, `[units, …]`. */
    readonly values: Float32Array;
    /** ∂J/∂W of them; null where it was not asked for or the array is not trained. */
    readonly gradient: Float32Array | null;
  } | null;
}

export interface WeightArray {
  /** `W1`, without the layer's number `W`. */
  readonly name: string;
  readonly symbol: string;
  readonly layer: number;
  readonly kind: LayerKind;
  readonly shape: Shape;
  readonly trained: boolean;
  /** The image that the weights of one unit lie over, `[channels, height, width]`; null where they lie over none. */
  readonly picture: Shape | null;
  /** Whether that image is the network's input. */
  readonly first: boolean;
}

export interface ExampleRequest {
  readonly part: Part;
  /** Its place in the part, from 0. */
  readonly index: number;
}

export interface FindRequest {
  readonly part: Part;
  /** Of a class, by its index, or one that is answered wrongly. */
  readonly kind: { readonly ofClass: number } | 'wrong';
  /** The place beside which the search begins; it goes on, or back, round the ends of the part. */
  readonly from: number;
  readonly by: 1 | -1;
  /** How many an unfinished search has passed. */
  readonly passed: number;
}

export interface FoundExample {
  readonly index: number | null;
  /** How many were passed in all: without an index and as many as the part has, there is none. */
  readonly passed: number;
  readonly of: number;
}

export interface ExampleLook extends Look {
  readonly part: Part;
  readonly index: number;
  /** Examples of the part. */
  readonly of: number;
  readonly inputShape: Shape;
  /** As the network sees it. */
  readonly x: Float32Array;
  /** As bytes, where the input is an image. */
  readonly pixels: Uint8Array | null;
  /** The class that it is, or the number in the target's own units. */
  readonly target: string | number;
  readonly answer: string | number;
  /** Null for a regression. */
  readonly right: boolean | null;
  readonly layers: readonly ExampleLayer[];
  /** Layers whose numbers are too many to show are here and not above. */
  readonly leftOut: readonly number[];
}

export interface ExampleLayer {
  readonly number: number;
  readonly kind: LayerKind;
  readonly activation: ActivationKind | null;
  readonly outputShape: Shape;
  readonly a: Float32Array;
  /** Null for a layer without an activation. */
  readonly z: Float32Array | null;
  /** The filters of a convolution, `[filters, channels, height, width]`; else null. */
  readonly W: { readonly shape: Shape; readonly values: Float32Array } | null;
}

export interface BatchRequest {
  readonly part: Part;
  /** As the document counts, from 1. */
  readonly layer: number;
}

export interface BatchLook extends Look {
  readonly part: Part;
  readonly layer: number;
  /** Places in the part, sorted by class, or by the target of a regression. */
  readonly indices: Uint32Array;
  readonly of: number;
  /** Class index of each, or the target in its own units. */
  readonly targets: Float32Array;
  /** Units shown, from the first; of an image a unit is the mean of one channel. */
  readonly units: number;
  readonly allUnits: number;
  readonly averaged: boolean;
  /** `[units, examples]`. */
  readonly values: Float32Array;
}
