import type { NetworkSpec, TrainingSpec } from './experiment/document';
import type { FloatArray, NamedTensor, Shape } from './tensor';

/**
 * The seam between what trains (trainer.ts, CLI, insight/) and what computes (the reference and the wasm backend). Both
 * implement {@link CompiledNetwork}; every test of one runs on the other, and the reference judges.
 */

export type BackendKind = 'reference' | 'wasm';
export type Precision = 'float64' | 'float32';
export type Part = 'train' | 'dev' | 'test';

/** Examples as the network eats them. Rows are examples: `[batch, …inputShape]`, row-major. */
export interface Examples {
  readonly count: number;
  /** Floats ready to use, or 8-bit images that are widened batch by batch as (byte − offset[c]) · scale[c]. */
  readonly x: FloatArray | ByteImages;
  /** `[count, outputs]`: one-hot for classes, 0 or 1 for one sigmoid unit, scaled targets for regression. */
  readonly y: FloatArray;
  /**
   * What each example counts for in training: its loss and its delta are multiplied by it. `[count]`, mean 1, so that the
   * cost keeps its scale; absent where all count alike. Evaluation does not look at it.
   */
  readonly weights?: FloatArray;
  /** How the images of the training part are varied in every epoch; evaluation does not look at it. Absent for not at all. */
  readonly variation?: Variation;
}

/** Examples that a network takes over: inputs that can be worked out again need not lie in memory beside it. */
export interface BindableExamples extends Omit<Examples, 'x'> {
  readonly x: Examples['x'] | EncodedInputs;
}

/** Inputs that are worked out whenever they are asked for, from what was loaded and does not change: always the same. */
export interface EncodedInputs {
  /** Of the inputs of all examples. */
  readonly length: number;
  /** What the inputs are rounded to. */
  readonly precision: Precision;
  /**
   * Writes the inputs of some examples one after another, `[chosen.length, …inputShape]`.
   * @param x overwritten
   * @param chosen which examples; all where it is left out
   */
  write(x: FloatArray, chosen?: Uint32Array): void;
}

/** The numbers of images: bytes, or floats ready to use. */
export type PixelNumbers = Uint8Array | FloatArray;

/** What an augmentation makes of the images of a training part. */
export interface Variation {
  /**
   * Writes example `index` as it is seen in `epoch`, from 1: a function of the two alone. Both arrays hold images of the input's
   * shape and are of one kind; the image begins at `fromAt` of the one and goes to `toAt` of the other, which does not overlap it.
   */
  vary(epoch: number, index: number, from: PixelNumbers, fromAt: number, to: PixelNumbers, toAt: number): void;
}

export interface ByteImages {
  readonly bytes: Uint8Array;
  /** Per channel, in the order of the input shape's first dimension. */
  readonly offset: FloatArray;
  readonly scale: FloatArray;
}

/** What one evaluation of a part says; metrics/ makes accuracy, RMSE and the rest of `yHat`. */
export interface Forward {
  /** Mean over the examples of the loss, without L2. */
  readonly loss: number;
  /** `[count, outputs]`, fresh: the caller owns it. */
  readonly yHat: FloatArray;
}

/** Result of {@link CompiledNetwork.runBatches}. */
export interface BatchesRun {
  /** Updates made. Fewer than asked for only after a non-finite value. */
  readonly batches: number;
  /** Sum over those batches of (mean loss of the batch, before its update, without L1 and L2) × (examples of the batch). */
  readonly lossSum: number;
  /**
   * False once a loss or a gradient was NaN or infinite: the update of that batch was not made, so the weights are the last
   * finite ones. Also false where {@link spoiled} is true.
   */
  readonly finite: boolean;
  /**
   * True where the update itself went beyond what the precision can hold, although loss and gradient were finite. That batch is
   * not counted, but parameters and optimizer state are no longer those before it: the caller puts earlier ones back.
   */
  readonly spoiled: boolean;
  /** ‖∂J/∂(W, b)‖ of the last batch, L1 and L2 included, before any clipping; null unless it was asked for. */
  readonly gradientNorm: number | null;
}

/** Settings that may change in the middle of a run without a rebuild; what is left out is off. */
export type LiveTraining = Pick<TrainingSpec, 'optimizer' | 'l2'> & Partial<Pick<TrainingSpec, 'l1' | 'clipNorm'>>;

/** What the batch, cut out of its part, went through in one step before its update: the numbers of `layerlab trace`. */
export interface Trace {
  readonly loss: number;
  /** x, y, yHat, then for each layer l: W{l} b{l} z{l} a{l} delta{l} dW{l} db{l} as far as it has them. */
  readonly tensors: readonly NamedTensor[];
}

/** A network compiled for one backend: parameters, optimizer state and scratch, ready to step. Not shared between runs. */
export interface CompiledNetwork {
  readonly backend: BackendKind;
  readonly precision: Precision;
  /** Threads that a training step runs on: 1 where more would not make it faster. Results do not depend on it. */
  readonly threads: number;
  /** Bytes held for parameters, state, scratch and examples. */
  readonly memoryBytes: number;

  /** Binds a part's examples; copies what it needs. Calling again replaces them. */
  bindExamples(part: Part, examples: BindableExamples): void;

  /** Updates made since the initial weights. What a layer draws at random in a step is a function of it. */
  readonly step: number;
  /** Takes up counting where a saved run stood. */
  setStep(step: number): void;

  /**
   * Sets the order in which the training examples are visited: a permutation of 0 … count−1 (copied).
   * @param epoch of which it is the order, from 1 (which it is at first): images are varied as that epoch sees them
   */
  setOrder(order: Uint32Array, epoch?: number): void;

  /**
   * Runs `count` mini-batches of the current order beginning with number `first`, one optimizer update each. Batch k takes
   * the examples order[k·B … min((k+1)·B, m)); the last one may be smaller and its mean is over its own examples.
   *
   * @param measure whether to take the norm of the gradient in the last of them; not a bit of the result depends on it
   */
  runBatches(first: number, count: number, measure?: boolean): BatchesRun;

  /** Changes learning rate, β, λ or the clipping from the next update on. Switching the optimizer kind clears its state. */
  setTraining(training: LiveTraining): void;

  /** Forward pass over a bound part in evaluation mode. */
  evaluate(part: Part): Forward;

  /** Forward pass over `count` rows given as floats (already scaled); a fresh `[count, outputs]`. */
  predict(x: FloatArray, count: number): FloatArray;

  /**
   * The same pass with what every layer makes of the rows: z{l} of the layers with an activation and a{l} of all,
   * `[count, …outputShape]`, fresh and in layer order.
   * @param names only these
   */
  activations(x: FloatArray, count: number, names?: readonly string[]): NamedTensor[];

  /**
   * One training step in full on the given rows, without making the update.
   * @param weights what each example counts for, `[count]`; null where all count alike
   */
  trace(x: FloatArray, y: FloatArray, count: number, weights?: FloatArray | null): Trace;

  /** Copies of the parameters: W1, b1, W2, … in layer order. */
  parameters(): NamedTensor[];
  /** @throws ProblemError if a name or shape does not belong to this network. */
  setParameters(tensors: readonly NamedTensor[]): void;
  /** Copies of the optimizer's arrays, such as `v.W1` for momentum, and `t` where its rule counts; empty for plain SGD. */
  optimizerState(): NamedTensor[];
  setOptimizerState(tensors: readonly NamedTensor[]): void;

  /** Frees what it holds; no call is valid afterwards. */
  dispose(): void;
}

export interface CompileRequest {
  readonly network: NetworkSpec;
  readonly inputShape: Shape;
  /** Outputs of the last layer; the caller has checked the network with `inspectNetwork`. */
  /** Optimizer, λ and batch size; the rest may be left out, and L1 and clipping then are off. */
  readonly training: LiveTraining & Pick<TrainingSpec, 'batchSize'> & Partial<TrainingSpec>;
  /** One thread where absent. */
  readonly threads?: ThreadUse;
}

export interface ThreadUse {
  /** Threads that are there. */
  readonly most: number;
  /** Divides every instruction among all of them, however small, where it otherwise has to pay: the tests of it need that. */
  readonly always?: boolean;
}

export const ONE_THREAD: ThreadUse = { most: 1 };
