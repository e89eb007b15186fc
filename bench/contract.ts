/**
 * What a workload is and what a peer must do: types only. A workload is one file in workloads/, a peer is one file in
 * peers/, each with one line in its registry. Whatever a peer is written in, the bench drives it through {@link Runner}.
 */

/** Anything that peers are compared on. Other kinds of work than these become further members. */
export type Workload = TrainingWorkload | ProductWorkload | ReadingWorkload;

/** What a peer computes with. */
export interface Platform {
  /** Such as `wasm with SIMD, float32`. */
  readonly about: string;
  readonly threads: number;
}

// ── training ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `a = g(W x + b)`; an input with channels is taken flat, as `[channels, height, width]`. */
export interface DenseWork {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: 'tanh' | 'relu' | 'sigmoid' | 'softmax';
}

/** Square kernels, stride 1, no padding, relu. */
export interface ConvolutionWork {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernel: number;
  readonly activation: 'relu';
}

/** Square windows that do not overlap. */
export interface MaxPoolWork {
  readonly kind: 'max-pool2d';
  readonly size: number;
}

export type WorkloadLayer = DenseWork | ConvolutionWork | MaxPoolWork;

/** Heavy ball: v = βv + g, W = W − αv. β = 0 is plain SGD, where no peer keeps a v. */
export interface WorkloadTraining {
  readonly momentum: number;
  /** α of the loss check. */
  readonly learningRate: number;
  /** α while timing: so small that nothing saturates into denormals, which some peers compute slowly and some do not. */
  readonly timingLearningRate: number;
  readonly batchSize: number;
}

/** Training a network: the same work for every peer. */
export interface TrainingWorkload {
  readonly kind: 'training';
  readonly name: string;
  /** As the table's heading says it. */
  readonly title: string;
  /** `[features]` or `[channels, height, width]`. */
  readonly inputShape: readonly number[];
  readonly layers: readonly WorkloadLayer[];
  readonly loss: 'logistic' | 'cross-entropy';
  readonly training: WorkloadTraining;
  /** Steps after which the losses are compared; 0 is before the first one. */
  readonly checkedSteps: readonly number[];
  /** A multiple of the batch size, so that every step has a full batch. */
  readonly examples: number;
  /** The examples, from a fixed seed. */
  generate(): WorkloadData;
}

/** Values are float32 in every peer, so that those that compute in float64 start from the same numbers. */
export interface WorkloadData {
  /** `[examples, …inputShape]`, row-major. */
  readonly x: Float32Array;
  /** `[examples, outputs]`: one-hot, or 0 and 1 for a single output. */
  readonly y: Float32Array;
}

/** Initial weights of a layer. */
export interface InitialLayer {
  /** Dense `[units, inputs]`, conv2d `[filters, channels, kernel, kernel]`; row-major. */
  readonly W: Float32Array;
  /** `[units]` or `[filters]`. */
  readonly b: Float32Array;
}

/** Everything a peer starts to train from. */
export interface TrainingStart {
  readonly workload: TrainingWorkload;
  readonly data: WorkloadData;
  /** A place for each layer: null for those without weights. */
  readonly weights: readonly (InitialLayer | null)[];
  /** Threads that the peer may use where it can choose. */
  readonly threads: number;
}

/** One network of one peer, ready to train. Batch k is the examples k·B … (k+1)·B−1, and after the last comes the first. */
export interface TrainingSession {
  readonly platform: Platform;
  /** Back to the initial weights, no momentum, batch 0, with this learning rate. */
  reset(learningRate: number): void;
  /** Makes `steps` updates. This is what is timed. */
  run(steps: number): void;
  /** Mean loss over all examples at the current weights. */
  loss(): number;
}

// ── the plain product ───────────────────────────────────────────────────────────────────────────────────────────────

/** C `[m, n]` from NN: A `[m, k]` B `[k, n]`; NT: A `[m, k]` Bᵀ of `[n, k]`; TN: Aᵀ of `[k, m]`, B `[k, n]`. */
export type ProductVariant = 'NN' | 'NT' | 'TN';

export interface ProductWorkload {
  readonly kind: 'product';
  readonly name: string;
  readonly title: string;
  readonly variant: ProductVariant;
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

export interface ProductStart {
  readonly workload: ProductWorkload;
  /** Both from a fixed seed, between 0 and 1. */
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly threads: number;
}

export interface ProductSession {
  readonly platform: Platform;
  /** Multiplies so many times, each time all of it. This is what is timed. */
  run(times: number): void;
  /** C of the last product. */
  result(): ArrayLike<number>;
}

// ── reading a file ──────────────────────────────────────────────────────────────────────────────────────────────────

/** From a file to its numbers in memory. */
export interface ReadingWorkload {
  readonly kind: 'reading';
  readonly name: string;
  readonly title: string;
  /** Name of the file. */
  readonly file: string;
  readonly format: 'csv' | 'idx' | 'npy';
  readonly rows: number;
  /** Numbers in each. */
  readonly columns: number;
  /** The whole file, from a fixed seed. */
  generate(): Promise<Uint8Array<ArrayBuffer>>;
}

export interface ReadingStart {
  readonly workload: ReadingWorkload;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ReadingSession {
  readonly platform: Platform;
  /** Reads the file so many times, each time all of it. This is what is timed. */
  run(times: number): void | Promise<void>;
  /** A number of what was read last. */
  valueAt(row: number, column: number): number;
}

// ── peers ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why a peer has no part in a workload: no failure, but a line of the report. */
export interface Cannot {
  readonly cannot: string;
}

/** A competitor, or ourselves. What a peer leaves out it cannot do. */
export interface Peer {
  /** As the table says it, with the version. */
  readonly title: string;
  /** Builds the network; what it costs is not timed. */
  train?(start: TrainingStart): Promise<TrainingSession | Cannot>;
  multiply?(start: ProductStart): Promise<ProductSession | Cannot>;
  read?(start: ReadingStart): Promise<ReadingSession | Cannot>;
}

/** A workload of any kind, opened by a peer: what the stopwatch drives. */
export interface Session {
  readonly platform: Platform;
  /** The numbers in which all peers must agree, such as the losses at the checked steps. */
  prove(): number[] | Promise<number[]>;
  /** To the state from which timing starts. */
  begin(): void;
  run(times: number): void | Promise<void>;
}

/** What a peer says when it has opened a workload. */
export interface Opened {
  readonly title: string;
  readonly platform: Platform;
}

/** What can be timed: one peer's work, or the peak of the machine. */
export interface Timed {
  /** Starts again, warms up and finds how many steps take about `targetMs`. */
  calibrate(targetMs: number): Promise<number>;
  /** One untimed repeat, then `repeats` timed ones of `steps` steps each: seconds. */
  time(steps: number, repeats: number): Promise<number[]>;
  /** Ends it and frees what it holds. */
  close(): Promise<void>;
}

/**
 * A peer where it runs (a worker of the page, a thread of Node, a process), driven from outside by plain messages: the
 * seam at which the measuring code stops to care what a peer is made of.
 */
export interface Runner extends Timed {
  /** The peer's name. */
  readonly peer: string;
  /** Prepares the workload, or says why it cannot. */
  open(workload: string): Promise<Opened | Cannot>;
  /** The numbers in which all peers must agree. */
  prove(): Promise<number[]>;
}
