import type {
  ClassWeights,
  ColumnSpec,
  EarlyStopping,
  ImageColor,
  ImageFit,
  ImageReading,
  MissingPolicy,
  Scaling,
  SplitMethod,
} from './document';
import type { ChoiceField, NumberField } from './field';

/**
 * The settings of a document that belong to no registered kind, described like those that do: validation, defaults and the
 * inspector's forms for the data and training cards are drawn from these.
 */

const seed: NumberField = {
  name: 'seed',
  label: 'Seed',
  help: 'The same seed gives the same numbers every time.',
  type: 'integer',
  default: 1,
  min: 0,
  max: 4_294_967_295,
  step: 1,
};

export const networkFields = {
  seed: {
    ...seed,
    label: 'Seed of the weights',
    help: 'Seed of the initial weights: the same seed gives the same start.',
  },
} as const satisfies Record<string, NumberField>;

export const trainingFields = {
  batchSize: {
    name: 'batchSize',
    label: 'Batch size',
    help: 'Examples in one update: 1 is stochastic gradient descent, the whole training part is gradient descent.',
    symbol: 'B',
    type: 'integer',
    default: 32,
    min: 1,
    max: 1_000_000,
    step: 2,
    scale: 'log',
  },
  epochs: {
    name: 'epochs',
    label: 'Epochs',
    help: 'How often training goes through the whole training part.',
    type: 'integer',
    default: 100,
    min: 1,
    max: 1_000_000,
    step: 10,
  },
  l2: {
    name: 'l2',
    label: 'L2 regularisation',
    help: 'Adds λ/2 ΣW² to the cost, over weights and not biases: larger values keep the weights smaller.',
    symbol: 'λ',
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000,
    step: 10,
    scale: 'log',
  },
  l1: {
    name: 'l1',
    label: 'L1 regularisation',
    help: 'Adds λ₁ Σ|W| to the cost, over weights and not biases: it drives weights that are not needed to about 0.',
    symbol: 'λ₁',
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000,
    step: 10,
    scale: 'log',
  },
  clipNorm: {
    name: 'clipNorm',
    label: 'Clip norm',
    help: 'A gradient whose norm over all parameters is longer is shortened to this; 0 leaves every gradient as it is.',
    symbol: '‖g‖',
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000_000,
    step: 2,
    scale: 'log',
  },
  seed: { ...seed, label: 'Seed of the order', help: 'Seed of the order in which the examples are visited.' },
  classWeights: {
    name: 'classWeights',
    label: 'Class weights',
    help: 'What an example of each class counts in training. Balanced lets every class count the same, however few examples it has.',
    type: 'choice',
    options: [
      { value: 'none', label: 'None' },
      { value: 'balanced', label: 'Balanced' },
    ] satisfies { value: Extract<ClassWeights, string>; label: string }[],
    default: 'none',
  },
} as const satisfies Record<string, NumberField | ChoiceField>;

/** The number of one class, where each has its own; 0 leaves the class out of the cost. */
export const classWeightField = {
  name: 'classWeight',
  label: 'Weight',
  help: 'What an example of this class counts in the cost of a training step.',
  type: 'number',
  default: 1,
  min: 0,
  max: 1_000_000,
  step: 0.1,
} as const satisfies NumberField;

export const earlyStoppingFields = {
  patience: {
    name: 'patience',
    label: 'Patience',
    help: 'Epochs without a lower dev loss after which training ends with the weights of the best epoch.',
    type: 'integer',
    default: 10,
    min: 1,
    max: 1_000_000,
    step: 5,
    unit: 'epochs',
  },
  minimumImprovement: {
    name: 'minimumImprovement',
    label: 'Smallest improvement',
    help: 'By how much the dev loss has to fall to count as lower; 0 counts any fall.',
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000_000,
    step: 10,
    scale: 'log',
  },
} as const satisfies Record<keyof EarlyStopping, NumberField>;

const share: Omit<NumberField, 'name' | 'label' | 'help' | 'default'> = { type: 'number', min: 0, max: 1, step: 0.05 };

export const splitFields = {
  method: {
    name: 'method',
    label: 'Method',
    help: 'How it is decided which row goes into which part.',
    type: 'choice',
    options: [
      { value: 'shares', label: 'At random, by shares' },
      { value: 'order', label: 'In order, for time series' },
      { value: 'column', label: 'As a column says' },
      { value: 'folds', label: 'k-fold' },
    ] satisfies { value: SplitMethod; label: string }[],
    default: 'shares',
  },
  train: {
    ...share,
    name: 'train',
    label: 'Training share',
    help: 'Share of the rows that the network learns from.',
    default: 0.7,
    exclusiveMin: true,
  },
  dev: {
    ...share,
    name: 'dev',
    label: 'Dev share',
    help: 'Share of the rows that judges settings while you work; the network never learns from it.',
    default: 0.15,
  },
  test: {
    ...share,
    name: 'test',
    label: 'Test share',
    help: 'Share of the rows kept for the last word on a finished network.',
    default: 0.15,
  },
  seed: { ...seed, label: 'Seed of the split', help: 'Seed of the draw that decides which row goes into which part.' },
  folds: {
    name: 'folds',
    label: 'Folds',
    help: 'How many parts of the same size the rows beside the test part are dealt into.',
    symbol: 'k',
    type: 'integer',
    default: 5,
    min: 2,
    max: 100,
    step: 1,
  },
  fold: {
    name: 'fold',
    label: 'Fold',
    help: 'Which of the folds is the dev part of this run, counted from 1; the others are trained on.',
    type: 'integer',
    default: 1,
    min: 1,
    max: 100,
    step: 1,
  },
} as const satisfies Record<string, NumberField | ChoiceField>;

/** How image files are read; of these only what a person decided is in the document. */
export const imageFields = {
  width: {
    name: 'width',
    label: 'Width',
    help: 'Columns that every image is brought to; each pixel is an input.',
    type: 'integer',
    default: 64,
    min: 1,
    max: 1_024,
    step: 1,
    unit: 'px',
  },
  height: {
    name: 'height',
    label: 'Height',
    help: 'Rows that every image is brought to.',
    type: 'integer',
    default: 64,
    min: 1,
    max: 1_024,
    step: 1,
    unit: 'px',
  },
  fit: {
    name: 'fit',
    label: 'Fit',
    help: 'How an image of other proportions is brought to this size.',
    type: 'choice',
    options: [
      { value: 'stretch', label: 'Stretch' },
      { value: 'crop', label: 'Crop the sides' },
      { value: 'contain', label: 'Keep all, black beside it' },
    ] satisfies { value: ImageFit; label: string }[],
    default: 'stretch',
  },
  color: {
    name: 'color',
    label: 'Colours',
    help: 'Grey has one number a pixel, colour three.',
    type: 'choice',
    options: [
      { value: 'grey', label: 'Grey' },
      { value: 'rgb', label: 'Red, green and blue' },
    ] satisfies { value: ImageColor; label: string }[],
    default: 'grey',
  },
} as const satisfies Record<keyof ImageReading, NumberField | ChoiceField>;

export const dataFields = {
  missing: {
    name: 'missing',
    label: 'Missing values',
    help: 'What becomes of a row in which a feature is missing.',
    type: 'choice',
    options: [
      { value: 'mean', label: 'Fill with the mean' },
      { value: 'median', label: 'Fill with the median' },
      { value: 'most-frequent', label: 'Fill with the most frequent' },
      { value: 'drop', label: 'Drop the row' },
    ] satisfies { value: MissingPolicy; label: string }[],
    default: 'mean',
  },
  scaling: {
    name: 'scaling',
    label: 'Scaling',
    help: 'How numbers are brought to one scale; measured on the training part only.',
    type: 'choice',
    options: [
      { value: 'standard', label: 'Standard: mean 0, deviation 1' },
      { value: 'min-max', label: 'Min-max: from 0 to 1' },
      { value: 'none', label: 'None' },
    ] satisfies { value: Scaling; label: string }[],
    default: 'standard',
  },
  rare: {
    name: 'rare',
    label: 'Rare categories',
    help: 'Categories with fewer training rows than this share one input, which a category never seen sets too; 0 groups none.',
    type: 'integer',
    default: 0,
    min: 0,
    max: 1_000_000,
    step: 1,
  },
} as const satisfies Record<string, NumberField | ChoiceField>;

/** Settings of one column alone, beside those of all columns that it may set otherwise. */
export const columnFields = {
  dateOrder: {
    name: 'dateOrder',
    label: 'Date order',
    help: 'How dates such as 3/4/2024 are read.',
    type: 'choice',
    options: [
      { value: 'day-first', label: 'day first' },
      { value: 'month-first', label: 'month first' },
    ] satisfies { value: NonNullable<ColumnSpec['dateOrder']>; label: string }[],
    default: 'day-first',
  },
} as const satisfies Record<string, ChoiceField>;
