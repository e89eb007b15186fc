import type { DataSummary } from '../api';
import { sizeOf, type Shape } from '../tensor';
import { FORMAT, PLAIN_TRAINING, VERSION } from './defaults';
import type { DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec } from './document';
import { conv, dense, outputFor } from './layer-specs';

/** Updates after which a small network on a small table has usually settled. */
const UPDATES = 3000;
/** Convolutions see the same filter at every place of a picture, and so settle in fewer, each of which costs more. */
const PICTURE_UPDATES = 1200;
/** λ for a table with few rows for its inputs. */
const THIN_L2 = 0.02;

/**
 * A document that fits the data and learns it untouched: one hidden layer, the output layer and loss that belong to the
 * task, and as many epochs as the size of the data asks for.
 * @param data the specification that `summary` was prepared with
 */
export function suggestExperiment(summary: DataSummary, data: DataSpec, name: string): Experiment {
  return {
    format: FORMAT,
    version: VERSION,
    name,
    data,
    network: suggestNetwork(summary),
    training: suggestTraining(summary),
  };
}

/** Output layer and loss follow from the task. */
export function suggestNetwork(summary: DataSummary): NetworkSpec {
  const { layer, loss } = outputFor({ task: summary.task, classes: summary.classes.length });
  return { layers: [...suggestHidden(summary), layer], loss, seed: 1 };
}

function suggestHidden(summary: DataSummary): readonly LayerSpec[] {
  if (isPictures(summary.inputShape)) return pictureLayers;
  if (summary.kind === 'images') return [dense(128, 'relu')];
  const inputs = sizeOf(summary.inputShape);
  // The shape of the Planar notes' network: few tanh units, so that every one of them can be looked at.
  if (inputs <= 2) return [dense(6, 'tanh')];
  return [dense(inputs <= 8 ? 8 : 16, 'tanh')];
}

/**
 * In colour, or of 32 pixels and more, what is to be found lies anywhere and is not the whole of the picture: a dense layer over all pixels
 * would learn the training part by heart.
 */
function isPictures(shape: Shape): boolean {
  const [channels = 1, height = 1, width = 1] = shape;
  return shape.length === 3 && Math.min(height, width) >= 16 && (channels > 1 || Math.min(height, width) >= 32);
}

/** Two convolutions, the first with a stride, so that a picture of 64 × 64 leaves 1,024 numbers for the dense layer. */
const pictureLayers: readonly LayerSpec[] = [
  { ...conv(8, 5), stride: 2 },
  { kind: 'max-pool2d', size: 2, stride: 2 },
  conv(16, 3),
  { kind: 'max-pool2d', size: 2, stride: 2 },
  dense(32, 'relu'),
];

function suggestTraining(summary: DataSummary): TrainingSpec {
  const examples = summary.parts.train;
  const batchSize = examples < 16 ? Math.max(1, examples) : examples < 1000 ? 16 : 32;
  const batches = Math.max(1, Math.ceil(examples / batchSize));
  const updates = isPictures(summary.inputShape) ? PICTURE_UPDATES : UPDATES;
  const epochs = Math.min(200, Math.max(10, roundToFive(updates / batches)));
  return {
    optimizer: { kind: 'momentum', learningRate: learningRateFor(summary), beta: 0.9 },
    ...PLAIN_TRAINING,
    l2: isThin(summary) ? THIN_L2 : 0,
    batchSize,
    epochs,
    seed: 1,
  };
}

/**
 * Fewer than 20 rows of a table for each input let a network learn the noise by heart.
 * Source: F. E. Harrell, Regression Modeling Strategies, 2nd ed. 2015, section 4.4: 10 to 20 observations per variable.
 */
function isThin({ kind, parts, inputShape }: DataSummary): boolean {
  return kind === 'table' && parts.train < 20 * sizeOf(inputShape);
}

function learningRateFor(summary: DataSummary): number {
  if (summary.task === 'regression') return 0.05;
  return summary.kind === 'sample' ? 0.5 : 0.1;
}

function roundToFive(epochs: number): number {
  return Math.round(epochs / 5) * 5;
}
