/**
 * The experiment document (`.layerlab`), as types. One document describes an experiment; every screen is a view of it.
 *
 * These are the *resolved* types: every default is filled in. What a person writes may leave out everything but data and
 * layers; `parseExperiment` turns that into these. docs/experiment-format.md is the same page for readers.
 */

/** A complete experiment: nothing left to default. Plain JSON data. */
export interface Experiment {
  readonly format: 'layerlab-experiment';
  readonly version: 2;
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
  /**
   * Categories with fewer training rows than this share one input, `other`, which a category never seen sets too. With 0, or where
   * no category is so rare, there is no such input, and what was never seen sets none.
   */
  readonly rare: number;
  readonly split: SplitSpec;
  /** How the images of the training part are varied while it trains; null for not at all, and always for tables. */
  readonly augmentation: AugmentationSpec | null;
  /** Examples taken out, by their place in the first file or the sample, counted from 0; rising and without repetition. */
  readonly excluded: readonly number[];
  /** Other targets for single examples, by their place likewise: the name of a class, or a number. */
  readonly relabelled: Readonly<Record<string, string | number>>;
}

export type DataSource = FileSource | SampleSource | PointsSource;

/** File names, not paths: the app never stores where on a machine a file lay. */
export interface FileSource {
  readonly files: readonly string[];
  readonly testFiles: readonly string[];
  /** Of a workbook, the sheet to read; absent for the first with a table. */
  readonly sheet?: string;
  /** Of image files, how they are read; what is left out is found out. */
  readonly images?: ImageReading;
}

/** What a person decided about image files; what is left out is chosen by what they hold. */
export interface ImageReading {
  /** In pixels, both or neither; without them the size of all images, or else one that suits them. */
  readonly width?: number;
  readonly height?: number;
  /** How an image of other proportions is brought to that size; `stretch` where absent. */
  readonly fit?: ImageFit;
  /** `grey` where absent and no image has a colour. */
  readonly color?: ImageColor;
}

/** `stretch` fills the size, `crop` cuts off what exceeds its proportions, `contain` leaves black beside the image. */
export type ImageFit = 'stretch' | 'crop' | 'contain';
export type ImageColor = 'grey' | 'rgb';

export interface SampleSource {
  readonly sample: SampleKind;
  readonly examples: number;
  /** Standard deviation of the noise, in units of the data. */
  readonly noise: number;
  readonly seed: number;
  /** Of the kinds that draw any number of classes. */
  readonly classes?: number;
}

export type SampleKind =
  | 'flower'
  | 'xor'
  | 'circles'
  | 'moons'
  | 'spirals'
  | 'blobs'
  | 'line'
  | 'sine'
  | 'house-prices'
  | 'digits'
  | 'soccer-ball'
  | 'iris'
  | 'penguins';

/** Points painted by hand on the plane, kept in the document itself. */
export interface PointsSource {
  readonly points: PaintedPoints;
}

export interface PaintedPoints {
  /** `classes`: (x, y) gives the class `target`; `regression`: (x, y) gives the number `target`; `curve`: x gives y. */
  readonly task: PointsTask;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** One for each point; empty for a curve. */
  readonly target: readonly (string | number)[];
}

export type PointsTask = 'classes' | 'regression' | 'curve';

export type ColumnRole = 'feature' | 'target' | 'ignore';
export type ColumnType = 'number' | 'category' | 'boolean' | 'date' | 'text';

/** What a person decided about one column; what is left out is inferred, or as for all columns. */
export interface ColumnSpec {
  readonly role?: ColumnRole;
  readonly type?: ColumnType;
  readonly missing?: MissingPolicy;
  readonly scaling?: Scaling;
  readonly rare?: number;
  /** How 3/4/2024 is read, where the values do not say so themselves. */
  readonly dateOrder?: DateOrder;
}

/**
 * Holes in features. `mean`, `median` and `most-frequent` are those of the training part; a category has no mean or median, so a hole
 * then sets none of its inputs. `drop` leaves the row out.
 */
export type MissingPolicy = 'mean' | 'median' | 'most-frequent' | 'drop';
export type Scaling = 'standard' | 'min-max' | 'none';
export type DateOrder = 'day-first' | 'month-first';

export interface SplitSpec {
  readonly method: SplitMethod;
  /** Shares of the rows, 0 to 1; together 1. With a separate test file, `test` is that file and its share goes to train. */
  readonly train: number;
  readonly dev: number;
  readonly test: number;
  /** `shares` and `folds`: each class keeps its share in every part. */
  readonly stratify: boolean;
  readonly seed: number;
  /** `column`: its values say train, dev or test. `order`: rows are sorted by it first; null keeps them as they lie. */
  readonly column: string | null;
  /** `folds`: the rows beside the test part are dealt into so many; number `fold`, from 1, is the dev part. */
  readonly folds: number;
  readonly fold: number;
}

/** How far an image of the training part may differ from epoch to epoch; a class stays what it is. 0 or `none` is off. */
export interface AugmentationSpec {
  /** By up to so many whole pixels along each axis. */
  readonly shift: number;
  readonly flip: FlipKind;
  /** By up to so many degrees either way. */
  readonly rotate: number;
  /** Standard deviation of the noise on every number of an image, as a share of the range from black to white. */
  readonly noise: number;
  readonly seed: number;
}

/** `horizontal` swaps left and right, `vertical` top and bottom; each in half of the draws. */
export type FlipKind = 'none' | 'horizontal' | 'vertical' | 'both';

/** `shares`: drawn at random. `order`: first train, then dev, then test. `column`: as a column says. `folds`: k-fold. */
export type SplitMethod = 'shares' | 'order' | 'column' | 'folds';

// ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NetworkSpec {
  readonly layers: readonly LayerSpec[];
  readonly loss: LossKind;
  /** Seed of the initial weights. */
  readonly seed: number;
}

/** What every kind of layer has beside its own fields. */
interface AnyLayer {
  /** `false` for a layer that is left out as if it were not there, and kept for later; absent otherwise. */
  readonly enabled?: false;
}

export interface DenseSpec extends AnyLayer {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: ActivationKind;
  readonly initializer: InitializerSpec;
}

/** Height and width: one whole number for both, or `[height, width]` where they differ. */
export type Extent = number | readonly [height: number, width: number];

/** Zeros around an image: none, as many as give ceil(n / stride) outputs, or this many on every side. */
export type Padding = 'valid' | 'same' | number;

export interface Conv2dSpec extends AnyLayer {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  readonly activation: ActivationKind;
  readonly initializer: InitializerSpec;
}

export interface MaxPool2dSpec extends AnyLayer {
  readonly kind: 'max-pool2d';
  readonly size: Extent;
  readonly stride: Extent;
}

export interface AvgPool2dSpec extends AnyLayer {
  readonly kind: 'avg-pool2d';
  readonly size: Extent;
  readonly stride: Extent;
}

export interface FlattenSpec extends AnyLayer {
  readonly kind: 'flatten';
}

export interface DropoutSpec extends AnyLayer {
  readonly kind: 'dropout';
  /** Share of the numbers set to 0 in training, less than 1. */
  readonly rate: number;
}

export interface BatchNormSpec extends AnyLayer {
  readonly kind: 'batch-norm';
  /** What the running statistics keep of themselves in each step. */
  readonly decay: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Union over every layer kind; a further kind is a further member. */
export type LayerSpec =
  DenseSpec | Conv2dSpec | MaxPool2dSpec | AvgPool2dSpec | FlattenSpec | DropoutSpec | BatchNormSpec;
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
  /** What each class counts in the cost of a training step; for a regression always `none`. */
  readonly classWeights: ClassWeights;
}

/** Ends a run whose dev loss no longer falls, with the weights of its best epoch. */
export interface EarlyStopping {
  /** Epochs without an improvement after which the run ends. */
  readonly patience: number;
  /** A fall of the dev loss counts from here on; 0 counts any. */
  readonly minimumImprovement: number;
}

/**
 * `balanced` gives every class the same weight as a whole: an example of class k counts m / (K · m_k). Or numbers by the name of a class: an
 * example of it counts so much, and one of a class without a number 1. See `weightsOfClasses`.
 */
export type ClassWeights = 'none' | 'balanced' | Readonly<Record<string, number>>;

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
