import * as tf from '@tensorflow/tfjs-core';
import type { InitialLayer, Session, Start } from '../contract';

/** What the ways of training with TensorFlow.js share: its arrays of the workload. */
export interface TfjsModel {
  readonly start: Start;
  readonly layers: readonly { readonly W: tf.Variable<tf.Rank.R2>; readonly b: tf.Variable<tf.Rank.R1> }[];
  /** The batches, cut once: a step of TensorFlow.js does not pay for slicing. */
  readonly batches: readonly { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D }[];
}

/** A way of training: `prepare` gives the step for a learning rate, with its optimizer's state at zero, and what frees it. */
export interface TfjsTraining {
  prepare(model: TfjsModel, learningRate: number): { step(batch: number): void; dispose(): void };
}

/** W is `[inputs, units]` there. */
function transposed({ W, b }: InitialLayer): tf.Tensor2D {
  return tf.tidy(() => tf.transpose(tf.tensor2d(W, [b.length, W.length / b.length])));
}

/** The network before the output's activation, from TensorFlow.js's own operations. */
export function logits({ start, layers }: TfjsModel, x: tf.Tensor2D): tf.Tensor2D {
  return layers.reduce((a, { W, b }, l) => {
    const z = tf.add(tf.matMul(a, W), b) as tf.Tensor2D;
    const activation = start.workload.layers[l]?.activation;
    return activation === 'tanh' ? tf.tanh(z) : activation === 'relu' ? tf.relu(z) : z;
  }, x);
}

/** Mean loss, by the loss that TensorFlow.js brings. */
export function meanLoss(model: TfjsModel, x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar {
  const z = logits(model, x);
  return model.start.workload.loss === 'logistic'
    ? tf.losses.sigmoidCrossEntropy(y, z)
    : tf.losses.softmaxCrossEntropy(y, z);
}

/** Opens a workload on the current backend. `about` says which. */
export function openTfjs(start: Start, training: TfjsTraining, about: string): Session {
  // Its checks of every kernel's arguments are for development.
  tf.enableProdMode();
  const { workload, data, weights } = start;
  const { batchSize } = workload.training;
  const outputs = workload.layers.at(-1)?.units ?? 0;
  const cut = (values: Float32Array, width: number, first: number, count: number) =>
    tf.tensor2d(values.slice(first * width, (first + count) * width), [count, width]);

  const model: TfjsModel = {
    start,
    layers: weights.map((layer) => ({
      W: tf.variable(transposed(layer)),
      b: tf.variable(tf.tensor1d(layer.b)),
    })),
    batches: Array.from({ length: workload.examples / batchSize }, (_, k) => ({
      x: cut(data.x, workload.inputs, k * batchSize, batchSize),
      y: cut(data.y, outputs, k * batchSize, batchSize),
    })),
  };
  const all = { x: cut(data.x, workload.inputs, 0, workload.examples), y: cut(data.y, outputs, 0, workload.examples) };
  let trainer = training.prepare(model, workload.training.learningRate);
  let next = 0;

  return {
    about,
    reset(learningRate) {
      tf.tidy(() => {
        weights.forEach((layer, l) => {
          model.layers[l]?.W.assign(transposed(layer));
          model.layers[l]?.b.assign(tf.tensor1d(layer.b));
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
