/**
 * The contract of the training worker: `TrainerApi` and every type that crosses. Types only, so that the window and the main
 * process compile nothing of the engine. The provider owns the contract.
 *
 * Data in, data out, the caller drives: `advance` is pulled again and again, so pausing is not calling, back-pressure is
 * free and tests are exact. Errors are return values ({@link Outcome}); arguments and results are plain data. Typed arrays
 * in results are fresh copies that belong to the receiver.
 */
import type { PredictingApi } from './predict/predict-types';
import type { Carried, CarryRequest, Moment } from './carry-over';
import type { DecodeTable } from './data/decoded/decoded-table';
import type { BackendKind, Part } from './engine';
import type { LoadProgress } from './data/load-progress';
import type { ReadingOfImages } from './data/loaded';
import type { Preprocessing } from './data/preprocessing-types';
import type { ColumnRole, ColumnType, DataSpec, Experiment } from './experiment/document';
import type { Catalog } from './catalog-types';
import type { Footprint } from './footprint';
import type { ParameterChange, ParameterEdit } from './parameter-edit';
import type { BoundaryApi } from './insight/boundary/boundary-types';
import type { Finding } from './insight/doctor/doctor-types';
import type { ProbeApi } from './insight/probe/probe-types';
import type { InsightApi } from './insight/insight-api';
import type { StepRequest, StepTrace } from './insight/step-types';
import type { TimingApi } from './insight/timing/timing-types';
import type { BrowsingApi } from './data/browse/browse-types';
import type { LookApi } from './insight/views/look-types';
import type { Outcome, Problem } from './problem';
import type { Proof } from './proof';
import type { SweepApi } from './sweep/sweep-types';
import type { NamedTensor, Shape } from './tensor';
import type { TrainingDataApi } from './training-data';

export type { Carried, CarryReport, CarryRequest, Moment } from './carry-over';
export type { DecodeOptions, DecodeTable } from './data/decoded/decoded-table';
export type { LoadProgress } from './data/load-progress';
export type { ReadingOfImages } from './data/loaded';
export type * from './data/preprocessing-types';
export type * from './catalog-types';
export type { BackendKind, Part } from './engine';
export type * from './data/browse/browse-types';
export type * from './predict/predict-types';
export type * from './experiment/document';
export type { Footprint } from './footprint';
export type * from './insight/boundary/boundary-types';
export type { InputField } from './insight/inputs/input-types';
export type * from './insight/insight-api';
export type * from './insight/probe/probe-types';
export type { StepRequest, StepTrace } from './insight/step-types';
export type * from './insight/views/look-types';
export type { StepTiming } from './insight/timing/timing-types';
export type { ExtentField, Field, NumberField, PaddingField } from './experiment/field';
export type { ParameterChange, ParameterEdit } from './parameter-edit';
export type { Outcome, Problem } from './problem';
export type { Proof, RawInputs } from './proof';
export type * from './sweep/sweep-types';
export type { NamedTensor, Shape } from './tensor';
export type { TrainingData, TrainingPart } from './training-data';

export interface TrainerApi
  extends BoundaryApi, BrowsingApi, InsightApi, LookApi, PredictingApi, ProbeApi, SweepApi, TimingApi, TrainingDataApi {
  /** Every registered kind with its label, fields and equation: what the forms, menus and cards are drawn from. */
  catalog(): Catalog;

  /**
   * Reads files (or generates a sample) and keeps the raw table or images. On failure what was loaded before stays.
   * A newer load ends an older one, which then fails with the code `trainer/superseded`.
   * @param files only for a file source: the dropped `File`s, in any order; `testFiles` the separate test files
   * @param watch told some times a second how far it is
   */
  loadData(
    spec: DataSpec,
    files: readonly File[],
    testFiles: readonly File[],
    watch?: (progress: LoadProgress) => void,
  ): Promise<Outcome<DataSummary>>;

  /** Ends the load under way, if there is one: it fails with the code `data/cancelled`, and what was loaded before stays. */
  cancelLoad(): void;

  /** Applies roles, types, missing, scaling and split to what is loaded; cheap enough for every edit. */
  prepareData(spec: DataSpec): Outcome<DataSummary>;

  /** A document that fits the loaded data: hidden layer, output units, activation and loss for its task. */
  suggestExperiment(name: string): Outcome<Experiment>;

  /** Shapes, parameter counts and the problems found, card by card, for the loaded data. Never fails on a bad document. */
  inspect(experiment: Experiment): Inspection;

  /**
   * Compiles the network and initialises it from its seed, or from `resume` with all of its state. The data must have been
   * prepared with the same `experiment.data`. Replaces the current run only on success.
   */
  build(experiment: Experiment, resume?: RunState): Promise<Outcome<BuildInfo>>;

  /**
   * Trains until the budget is spent or the experiment's epochs are done; returns what happened since the last call. `{ steps }` is exact;
   * `{ ms }` stops at the first batch after the time. Calling it when done returns at once.
   */
  advance(budget: Budget): Outcome<Progress>;

  /** Changes anything of the training but batch size and seed; weights and curves stay. */
  changeTraining(training: Experiment['training']): Outcome<null>;

  /**
   * Puts the weights of the best epoch back; what the optimizer kept belongs to other weights and begins anew. A run that
   * diverged may go on from there.
   */
  restoreBest(): Outcome<BestEpoch>;

  /** Loss and metrics of every part at the current weights, test included. */
  evaluate(): Outcome<Evaluations>;

  /** How the current weights answer the examples of one part, class by class; a problem where the split leaves it empty. */
  assess(part: Part): Outcome<Assessment>;

  /** Predictions for raw rows (cells as the file would have them, feature columns by name). */
  predict(rows: readonly RawRow[]): Outcome<readonly Prediction[]>;

  /** Copies of the current parameters W1, b1, … in layer order, or of those named. */
  parameters(names?: readonly string[]): Outcome<readonly NamedTensor[]>;

  /** Sets one weight or bias by hand; optimizer state, step and curves stay. */
  setParameter(edit: ParameterEdit): Outcome<ParameterChange>;

  /** One training step on the chosen examples in full, at the current weights; the run itself does not take it. */
  traceStep(request: StepRequest): Outcome<StepTrace>;

  /** What the run suffers from, and one edit against it; null for a healthy run. The run stays as it is. */
  diagnose(): Outcome<Finding | null>;

  /**
   * The run as it stands, to come back to or to carry over.
   * @param curves false leaves the history empty, for who has the points of the curves already
   */
  moment(curves?: boolean): Outcome<Moment>;

  /**
   * Builds the network of `experiment` as the present run goes on in it: weights and optimizer state stay wherever they still have a
   * place, step and curves go on; see `carryOver`. The run is replaced only on success.
   */
  carry(experiment: Experiment, request?: CarryRequest): Promise<Outcome<Carried>>;

  /** Everything needed to save, export or go on with this run. */
  snapshot(): Outcome<ModelSnapshot>;

  /** At most so many raw examples of the test part (else dev, else train) with the current outputs, for an export to prove itself. */
  proofRows(most: number): Outcome<Proof>;
}

/** The trainer as the window's worker offers it. */
export interface WorkerApi extends TrainerApi {
  /** Tells the worker who decodes workbooks and Parquet files for it; until then they are refused. */
  connectDecoder(decodeTable: DecodeTable): void;
  /** Tells the worker who is told of the progress of every load, in place of the parameter of `loadData`. */
  watchLoads(watch: (progress: LoadProgress) => void): void;
}

export type Budget = { readonly steps: number } | { readonly ms: number };

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Task = 'regression' | 'binary' | 'multi-class';

export interface DataSummary {
  /** As the card shows it: the file's name or the sample's label. */
  readonly title: string;
  readonly kind: 'table' | 'images' | 'sample';
  /** Rows read, and rows that take part after holes were dropped. */
  readonly rows: number;
  readonly usedRows: number;
  /** Single examples that the document takes out or gives another target. */
  readonly excluded: number;
  readonly relabelled: number;
  readonly columns: readonly ColumnSummary[];
  readonly target: string;
  readonly task: Task;
  /** Why this target and this task, in one sentence. */
  readonly taskReason: string;
  /** Names of the classes in the order of the outputs; empty for regression. */
  readonly classes: readonly string[];
  /** Examples per class, in the same order, over all parts. */
  readonly classCounts: readonly number[];
  /** The same of the training part alone, by which balanced class weights go. */
  readonly trainCounts: readonly number[];
  /** What the network will really see: `[features]` or `[channels, height, width]`, and the names after one-hot. */
  readonly inputShape: Shape;
  readonly featureNames: readonly string[];
  readonly parts: { readonly train: number; readonly dev: number; readonly test: number };
  /** Things the person should know but that do not stop: a constant column, a hole-ridden one, ragged types. */
  readonly warnings: readonly Problem[];
  /** Where the table is of a workbook: its sheets, and the one that was read; null otherwise. */
  readonly workbook: { readonly sheets: readonly string[]; readonly sheet: string } | null;
  /** The first rows as text, in the order of `columns`; for images empty. */
  readonly preview: readonly (readonly string[])[];
  /** How image files were read; null for images that came as an array, and for tables. */
  readonly imageReading: ReadingOfImages | null;
  /** Images with their class, as 8-bit pixels: of files some of each class, else the first. Empty for tables. */
  readonly images: readonly { readonly pixels: Uint8Array; readonly label: string }[];
  /** An image of the training part, then how its first four epochs see it; empty where images are not varied. */
  readonly variants: readonly Uint8Array[];
  /**
   * Up to 2,000 points in raw units, for drawing: of data with two number features and any target, or of one number feature with a
   * regression target, which is then `y` too. Null for everything else.
   */
  readonly points: PointCloud | null;
}

export interface PointCloud {
  readonly xName: string;
  readonly yName: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Class index, or the target's value for regression. */
  readonly target: Float32Array;
  /** 0 train, 1 dev, 2 test. */
  readonly part: Uint8Array;
}

export interface ColumnSummary {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: ColumnRole;
  /** Whether type or role were inferred or decided by the person, and why: one short sentence. */
  readonly reason: string;
  readonly holes: number;
  readonly distinct: number;
  /** Numbers only. */
  readonly numeric: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly deviation: number;
  } | null;
  /** Dates only: the first and the last, as ISO 8601 writes them. */
  readonly dates: { readonly first: string; readonly last: string } | null;
  /** Categories and booleans only: the most frequent, at most 20. */
  readonly categories: readonly { readonly value: string; readonly count: number }[];
}

export type RawRow = Readonly<Record<string, string | number | null>>;

export interface Prediction {
  /** The class name, or the number in the target's own units. */
  readonly answer: string | number;
  /** The network's outputs ŷ: one per output unit. */
  readonly outputs: readonly number[];
}

// ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Inspection {
  readonly inputShape: Shape;
  readonly layers: readonly LayerInspection[];
  readonly parameters: number;
  readonly outputs: number;
  /** What the network will take with these data; null where a problem leaves it unknown. */
  readonly memory: Footprint | null;
  /** Problems that belong to no single layer: loss against output, data, training. `path` names the place. */
  readonly problems: readonly Problem[];
  /** True when nothing stands in the way of `build`. */
  readonly ready: boolean;
}

export interface LayerInspection {
  /** Null where an earlier problem leaves it unknown. */
  readonly inputShape: Shape | null;
  readonly outputShape: Shape | null;
  readonly parameters: number;
  /** As in the notes: `6 × 2 + 6`. Empty for a layer without parameters. */
  readonly parameterFormula: string;
  readonly problems: readonly Problem[];
}

// ── training ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface BuildInfo {
  readonly parameters: number;
  readonly backend: BackendKind;
  readonly threads: number;
  readonly memoryBytes: number;
  readonly batchesPerEpoch: number;
  /** Whether relaxed SIMD is in use, for the status bar. */
  readonly simd: 'none' | 'simd' | 'relaxed-simd';
}

export type MetricKind = 'accuracy' | 'top-k' | 'precision' | 'recall' | 'f1' | 'auc' | 'rmse' | 'mae' | 'r2';

/**
 * Loss (without L2) and the task's metrics at one moment: shares from 0 to 1 for classes, RMSE and MAE in the target's own
 * units; null for those of another task and those that are not defined.
 */
export type Metrics = { readonly loss: number } & { readonly [K in MetricKind]: number | null };

/** What the answers of a part look like in detail. */
export interface Assessment {
  readonly part: Part;
  readonly metrics: Metrics;
  /** Null for regression. */
  readonly confusion: {
    /** Names in the order of the rows and columns. */
    readonly classes: readonly string[];
    /** `[classes, classes]`: row the right class, column the answer. */
    readonly counts: Uint32Array;
    /** Per class: rows of it, and precision, recall and F1, 0 where there is nothing to divide by. */
    readonly figures: readonly {
      readonly support: number;
      readonly precision: number;
      readonly recall: number;
      readonly f1: number;
    }[];
  } | null;
}

export interface Evaluations {
  readonly train: Metrics;
  readonly dev: Metrics | null;
  readonly test: Metrics | null;
}

/** One point of the curves, taken at the end of an epoch (0: before the first step) over the whole part. */
export interface EpochRecord {
  readonly epoch: number;
  readonly step: number;
  readonly train: Metrics;
  /** Null where the split leaves no dev part. */
  readonly dev: Metrics | null;
  /** Learning rate of the epoch's last update; left out at epoch 0 and in runs saved before it was kept. */
  readonly learningRate?: number;
  /** ‖∂J/∂(W, b)‖ of the epoch's last batch, L1 and L2 included, before clipping; left out likewise. */
  readonly gradientNorm?: number;
}

/** The epoch of the lowest dev loss, or of the lowest training loss where there is no dev part; the earliest of equals. */
export interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly part: 'dev' | 'train';
}

/** Why a run is finished: its epochs are done, or early stopping saw the dev loss stand still. */
export type StopReason = 'epochs' | 'early';

export type RunStatus = 'ready' | 'training' | 'finished' | 'diverged';

export interface Progress {
  readonly status: RunStatus;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly batchInEpoch: number;
  readonly batchesPerEpoch: number;
  /** New points since the last call. */
  readonly records: readonly EpochRecord[];
  /** That the call took the worker. */
  readonly ms: number;
  /** Examples trained on per second of this call's training time; 0 when nothing was trained. */
  readonly examplesPerSecond: number;
  /** Set when something stopped being a finite number: what, in which step, and what to lower. */
  readonly problem: Problem | null;
  /** That the next update will have, or the last one had where none follows. */
  readonly learningRate: number;
  /** Null before the first evaluation. */
  readonly best: BestEpoch | null;
  /** Null until the run is finished. */
  readonly stopped: StopReason | null;
}

/** Everything that makes a run go on with the same bits. */
export interface RunState {
  readonly parameters: readonly NamedTensor[];
  /** Empty where the optimizer begins anew. */
  readonly optimizer: readonly NamedTensor[];
  readonly epoch: number;
  readonly step: number;
  readonly batchInEpoch: number;
  readonly status: RunStatus;
  readonly history: readonly EpochRecord[];
  /** The best epoch with its parameters; left out, as the next two, in runs saved before they were kept. */
  readonly best?: (BestEpoch & { readonly parameters: readonly NamedTensor[] }) | null;
  readonly stopped?: StopReason | null;
  /** The epoch behind which early stopping and a schedule on plateaus began to look at the losses. */
  readonly judgedFrom?: number;
  /** Left out where `step` tells it: batches have been as many in every epoch. */
  readonly batchesPerEpoch?: number;
}

export interface ModelSnapshot {
  readonly experiment: Experiment;
  readonly preprocessing: Preprocessing;
  readonly state: RunState;
}
