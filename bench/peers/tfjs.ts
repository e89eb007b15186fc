import * as tf from '@tensorflow/tfjs-core';
import type { InitialLayer, Platform, TrainingSession, TrainingStart } from '../contract';
import { outputsOf, shapedLayers, sizeOf, type ShapedLayer } from '../shapes';
import { channelsLast } from './channels-last';

/** What the ways of training with TensorFlow.js share: its arrays of the workload. Images are `[height, width, channels]`. */
export interface TfjsModel {
  readonly start: TrainingStart;
  readonly layers: readonly TfjsLayer[];
  /** The batches, cut once: a step of TensorFlow.js does not pay for slicing. */
  readonly batches: readonly { readonly x: tf.Tensor; readonly y: tf.Tensor2D }[];
}

export interface TfjsLayer extends ShapedLayer {
  /** Dense `[inputs, units]`, conv2d `[height, width, channels, filters]`; null for layers without weights. */
  readonly parameters: { readonly W: tf.Variable; readonly b: tf.Variable } | null;
}

/** A way of training: `prepare` gives the step for a learning rate, with its optimizer's state at zero, and what frees it. */
export interface TfjsTraining {
  prepare(model: TfjsModel, learningRate: number): { step(batch: number): void; dispose(): void };
}

/** W in their layout. */
function theirWeights({ W, b }: InitialLayer, { inputShape, weightShape }: ShapedLayer): tf.Tensor {
  const [units = 0, ...fan] = weightShape ?? [];
  if (fan.length === 1) {
    const values = inputShape.length === 3 ? channelsLast(W, inputShape) : W;
    return tf.tidy(() => tf.transpose(tf.tensor2d(values, [b.length, W.length / b.length])));
  }
  const [channels = 0, height = 0, width = 0] = fan;
  return tf.tidy(() => tf.transpose(tf.tensor4d(W, [units, channels, height, width]), [2, 3, 1, 0]));
}

/** The network before the output's activation, from TensorFlow.js's own operations. */
function logits({ layers }: TfjsModel, x: tf.Tensor): tf.Tensor2D {
  return layers.reduce<tf.Tensor>((a, { layer, parameters }) => {
    if (layer.kind === 'max-pool2d') return tf.maxPool(a as tf.Tensor4D, layer.size, layer.size, 'valid');
    const { W, b } = parameters!;
    if (layer.kind === 'conv2d')
      return tf.relu(tf.add(tf.conv2d(a as tf.Tensor4D, W as tf.Variable<tf.Rank.R4>, 1, 'valid'), b));
    const flat = a.rank === 2 ? a : tf.reshape(a, [a.shape[0]!, -1]);
    const z = tf.add(tf.matMul(flat, W), b);
    return layer.activation === 'tanh' ? tf.tanh(z) : layer.activation === 'relu' ? tf.relu(z) : z;
  }, x) as tf.Tensor2D;
}

/** Mean loss, by the loss that TensorFlow.js brings. */
export function meanLoss(model: TfjsModel, x: tf.Tensor, y: tf.Tensor2D): tf.Scalar {
  const z = logits(model, x);
  return model.start.workload.loss === 'logistic'
    ? tf.losses.sigmoidCrossEntropy(y, z)
    : tf.losses.softmaxCrossEntropy(y, z);
}

/** Opens a workload on the current backend, which is the platform. */
export function openTfjs(start: TrainingStart, training: TfjsTraining, platform: Platform): TrainingSession {
  // Its checks of every kernel's arguments are for development.
  tf.enableProdMode();
  const { workload, data, weights } = start;
  const { batchSize } = workload.training;
  const outputs = outputsOf(workload);
  const shaped = shapedLayers(workload);
  const [channels = 1, ...sides] = workload.inputShape;
  const isImage = sides.length > 0;
  const inputs = sizeOf(workload.inputShape);
  const images = isImage ? channelsLast(data.x, workload.inputShape) : data.x;
  const cutX = (first: number, count: number) =>
    tf.tensor(
      images.slice(first * inputs, (first + count) * inputs),
      isImage ? [count, ...sides, channels] : [count, inputs],
    );
  const cutY = (first: number, count: number) =>
    tf.tensor2d(data.y.slice(first * outputs, (first + count) * outputs), [count, outputs]);

  const model: TfjsModel = {
    start,
    layers: shaped.map((layer, l) => {
      const initial = weights[l] ?? null;
      return {
        ...layer,
        parameters: initial && {
          W: tf.variable(theirWeights(initial, layer)),
          b: tf.variable(tf.tensor1d(initial.b)),
        },
      };
    }),
    batches: Array.from({ length: workload.examples / batchSize }, (_, k) => ({
      x: cutX(k * batchSize, batchSize),
      y: cutY(k * batchSize, batchSize),
    })),
  };
  const all = { x: cutX(0, workload.examples), y: cutY(0, workload.examples) };
  let trainer = training.prepare(model, workload.training.learningRate);
  let next = 0;

  return {
    platform,
    reset(learningRate) {
      tf.tidy(() => {
        model.layers.forEach(({ parameters, ...layer }, l) => {
          const initial = weights[l] ?? null;
          if (initial === null || parameters === null) return;
          parameters.W.assign(theirWeights(initial, layer));
          parameters.b.assign(tf.tensor1d(initial.b));
        });
      });
      trainer.dispose();
      trainer = training.prepare(model, learningRate);
      next = 0;
    },
    run(steps) {
      for (let step = 0; step < steps; step++) {
        trainer.step(next);
        next = (next + 1) % model.batches.length;
      }
    },
    loss: () => tf.tidy(() => meanLoss(model, all.x, all.y).dataSync()[0] ?? NaN),
  };
}
