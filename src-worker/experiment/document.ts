/**
 * The experiment document (`.layerlab`), as types. One document describes an experiment; every screen is a view of it.
 *
 * These are the *resolved* types: every default is filled in. What a person writes may leave out everything but data and
 * layers; `parseExperiment` turns that into these. docs/experiment-format.md is the same page for readers.
 */

/** A complete experiment: nothing left to default. Plain JSON data. */
export interface Experiment {
  readonly format: 'layerlab-experiment';
  readonly version: 1;
  readonly name: string;
  readonly data: DataSpec;
  readonly network: NetworkSpec;
  readonly training: TrainingSpec;
}

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface DataSpec {
  readonly source: DataSource;
  /** Only what the person decided; a column that is not named keeps what was inferred. */
  readonly columns: Readonly<Record<string, ColumnSpec>>;
  readonly missing: MissingPolicy;
  readonly scaling: Scaling;
  readonly split: SplitSpec;
}

export type DataSource = FileSource | SampleSource;

/** File names, not paths: the app never stores where on a machine a file lay. */
export interface FileSource {
  readonly files: readonly string[];
  readonly testFiles: readonly string[];
  /** Of a workbook, the sheet to read; absent for the first with a table. */
  readonly sheet?: string;
}

export interface SampleSource {
  readonly sample: SampleKind;
  readonly examples: number;
  /** Standard deviation of the noise, in units of the data. */
  readonly noise: number;
  readonly seed: number;
}

export type SampleKind = 'flower' | 'xor' | 'circles' | 'blobs' | 'line';

export type ColumnRole = 'feature' | 'target' | 'ignore';
export type ColumnType = 'number' | 'category';

export interface ColumnSpec {
  readonly role?: ColumnRole;
  readonly type?: ColumnType;
}

/** Holes in features: numbers are filled with the training part's mean and a category sets none of its inputs, or the row is dropped. */
export type MissingPolicy = 'mean' | 'drop';
export type Scaling = 'standard' | 'min-max' | 'none';

export interface SplitSpec {
  /** Shares of the rows, 0 to 1; together 1. With a separate test file, `test` is that file and its share goes to train. */
  readonly train: number;
  readonly dev: number;
  readonly test: number;
  readonly stratify: boolean;
  readonly seed: number;
}

// ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NetworkSpec {
  readonly layers: readonly LayerSpec[];
  readonly loss: LossKind;
  /** Seed of the initial weights. */
  readonly seed: number;
}

export interface DenseSpec {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: ActivationKind;
  readonly initializer: InitializerSpec;
}

export interface DropoutSpec {
  readonly kind: 'dropout';
  /** Share of the numbers set to 0 in training, less than 1. */
  readonly rate: number;
}

export interface BatchNormSpec {
  readonly kind: 'batch-norm';
  /** What the running statistics keep of themselves in each step. */
  readonly decay: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Union over every layer kind; a further kind is a further member. */
export type LayerSpec = DenseSpec | DropoutSpec | BatchNormSpec;
export type LayerKind = LayerSpec['kind'];

export type ActivationKind = 'identity' | 'sigmoid' | 'tanh' | 'relu' | 'leaky-relu' | 'elu' | 'gelu' | 'softmax';
export type LossKind = 'squared' | 'logistic' | 'cross-entropy';

export type InitializerSpec =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'xavier-normal' }
  | { readonly kind: 'xavier-uniform' }
  | { readonly kind: 'he-normal' }
  | { readonly kind: 'he-uniform' };
export type InitializerKind = InitializerSpec['kind'];

// ── training ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface TrainingSpec {
  readonly optimizer: OptimizerSpec;
  /** How the learning rate changes along the run. */
  readonly schedule: ScheduleSpec;
  readonly batchSize: number;
  readonly epochs: number;
  /** λ of the notes: the cost grows by λ/2 ΣW² over weights, not biases. CS229 notes (3.34). */
  readonly l2: number;
  /** λ₁: the cost grows by λ₁ Σ|W| over weights, not biases. */
  readonly l1: number;
  /** Longest gradient of the cost, as one vector over all trained parameters; 0 leaves it as it is. */
  readonly clipNorm: number;
  readonly earlyStopping: EarlyStopping | null;
  /** Seed of the order of the examples. */
  readonly seed: number;
}

/** Ends a run whose dev loss no longer falls, with the weights of its best epoch. */
export interface EarlyStopping {
  /** Epochs without an improvement after which the run ends. */
  readonly patience: number;
  /** A fall of the dev loss counts from here on; 0 counts any. */
  readonly minimumImprovement: number;
}

export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly learningRate: number }
  | { readonly kind: 'momentum'; readonly learningRate: number; readonly beta: number }
  | { readonly kind: 'heavy-ball'; readonly learningRate: number; readonly momentum: number }
  | { readonly kind: 'nesterov'; readonly learningRate: number; readonly momentum: number }
  | { readonly kind: 'rmsprop'; readonly learningRate: number; readonly decay: number; readonly epsilon: number }
  | ({ readonly kind: 'adam' } & AdamNumbers)
  | ({ readonly kind: 'adamw'; readonly weightDecay: number } & AdamNumbers);
export type OptimizerKind = OptimizerSpec['kind'];

interface AdamNumbers {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** α is the optimizer's learning rate; where a schedule counts in epochs, it may count parts of them. */
export type ScheduleSpec =
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  | { readonly kind: 'exponential'; readonly factor: number }
  | { readonly kind: 'cosine'; readonly floor: number; readonly warmUp: number }
  | { readonly kind: 'warm-up'; readonly epochs: number }
  | {
      readonly kind: 'reduce-on-plateau';
      readonly factor: number;
      readonly patience: number;
      readonly minimum: number;
    };
export type ScheduleKind = ScheduleSpec['kind'];
