/**
 * What a workload is and what a peer must do: types only. A workload is one file in workloads/, a peer is one file in
 * peers/, each with one line in its registry. Whatever a peer is written in, the bench drives it through {@link Runner}.
 */

/** One dense layer of a workload. */
export interface WorkloadLayer {
  readonly units: number;
  readonly activation: 'tanh' | 'relu' | 'sigmoid' | 'softmax';
}

/** Heavy ball: v = βv + g, W = W − αv. β = 0 is plain SGD, where no peer keeps a v. */
export interface WorkloadTraining {
  readonly momentum: number;
  /** α of the loss check. */
  readonly learningRate: number;
  /** α while timing: so small that nothing saturates into denormals, which some peers compute slowly and some do not. */
  readonly timingLearningRate: number;
  readonly batchSize: number;
}

/** The work, the same for every peer. */
export interface Workload {
  readonly name: string;
  /** As the table's heading says it. */
  readonly title: string;
  readonly inputs: number;
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
  /** `[examples, inputs]`, row-major. */
  readonly x: Float32Array;
  /** `[examples, outputs]`: one-hot, or 0 and 1 for a single output. */
  readonly y: Float32Array;
}

export interface InitialLayer {
  /** `[units, inputs]`, row-major. */
  readonly W: Float32Array;
  /** `[units]`. */
  readonly b: Float32Array;
}

/** Everything a peer starts from. */
export interface Start {
  readonly workload: Workload;
  readonly data: WorkloadData;
  readonly weights: readonly InitialLayer[];
}

/** A competitor, or ourselves, able to run the workloads. */
export interface Peer {
  /** As the table says it, with the version. */
  readonly title: string;
  /** Builds the network; what it costs is not timed. Throws where the peer cannot do this workload. */
  open(start: Start): Promise<Session>;
}

/** One network of one peer, ready to train. Batch k is the examples k·B … (k+1)·B−1, and after the last comes the first. */
export interface Session {
  /** What it runs on, such as `SIMD, 2 threads, float32`. */
  readonly about: string;
  /** Back to the initial weights, no momentum, batch 0, with this learning rate. */
  reset(learningRate: number): void;
  /** Makes `steps` updates. This is what is timed. */
  run(steps: number): void;
  /** Mean loss over all examples at the current weights. */
  loss(): number;
}

/** What a peer says when it has opened a workload. */
export interface Opened {
  readonly title: string;
  readonly about: string;
}

/**
 * A peer where it runs (a worker of the page, a process), driven from outside by plain messages: the seam at which the
 * measuring code stops to care what a peer is made of.
 */
export interface Runner {
  /** The peer's name. */
  readonly peer: string;
  /** Prepares the workload. Rejects where the peer cannot do it. */
  open(workload: string): Promise<Opened>;
  /** Trains at the real learning rate from the start; the loss after each of these numbers of steps, ascending. */
  losses(steps: readonly number[]): Promise<number[]>;
  /** Starts again at the timing learning rate, warms up and finds how many steps take about `targetMs`. */
  calibrate(targetMs: number): Promise<number>;
  /** One untimed repeat, then `repeats` timed ones of `steps` steps each: seconds. */
  time(steps: number, repeats: number): Promise<number[]>;
  /** Ends it and frees what it holds. */
  close(): Promise<void>;
}
