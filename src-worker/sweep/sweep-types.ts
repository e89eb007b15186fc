/** A sweep trains many small networks side by side, in workers of its own. Types only: they cross to the window and between workers. */
import type { DataSummary, Evaluations, Progress } from '../api';
import type { Preprocessing } from '../data/preprocessing-types';
import type { Part } from '../engine';
import type { DataSpec, Experiment } from '../experiment/document';
import type { Outcome, Problem } from '../problem';

/** What the trainer offers of it. */
export interface SweepApi {
  /** What stands in the way of each of these documents on the data that are loaded, and what memory it takes. Does not fail on a bad document. */
  inspectPoints(experiments: readonly Experiment[]): Outcome<readonly PointInspection[]>;

  /** The prepared data, for workers that train on them too; made in pieces, so that training goes on meanwhile. */
  sweepData(spec: DataSpec): Promise<Outcome<SweepData>>;
}

export interface PointInspection {
  /** Empty where it can be trained. */
  readonly problems: readonly Problem[];
  /** Bytes that a worker takes for it; 0 where a problem leaves that unknown. */
  readonly bytes: number;
  /** Those of the examples among them: the workers read them from as many more that they have in common. */
  readonly examples: number;
}

/** The prepared data of a session: one copy that all workers read, where memory can be shared; it must not be written to. */
export interface SweepData {
  readonly spec: DataSpec;
  readonly summary: DataSummary;
  readonly preprocessing: Preprocessing;
  readonly parts: Readonly<Record<Part, SweepPart | null>>;
  /** See `PreparedData.ranges`. */
  readonly ranges: readonly number[] | null;
}

export interface SweepPart {
  readonly count: number;
  /** `[count, …inputShape]`: scaled floats, or the bytes of images, see `ByteImages`. */
  readonly x: Float32Array | Uint8Array;
  /** Of bytes, per channel; null for floats. */
  readonly pixels: { readonly offset: Float32Array; readonly scale: Float32Array } | null;
  /** `[count]`: the class index of each example, or its number in the target's own units. */
  readonly targets: Float64Array;
}

/** A worker of a sweep: it holds the data and one run after the other, on one thread. */
export interface SweepWorkerApi {
  /** Takes the data that every run is trained on. Before anything else. */
  takeData(data: SweepData): void;

  /** Builds the network of a point from its seed, in place of the one before. */
  begin(experiment: Experiment): Promise<Outcome<null>>;

  /** Trains for some milliseconds, or to the end. */
  advance(ms: number): Outcome<PointProgress>;
}

export interface PointProgress {
  readonly progress: Progress;
  /** Of all parts at the last weights of a finished run; null before, and where it diverged. */
  readonly evaluations: Evaluations | null;
}
