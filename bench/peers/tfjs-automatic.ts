import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { meanLoss, type TfjsTraining } from './tfjs';

/** TensorFlow.js as it comes: its own losses, its automatic gradients, its optimizers (`momentum` is v = βv + g, W −= αv). */
export const automatic: TfjsTraining = {
  prepare(model, learningRate) {
    const { momentum } = model.start.workload.training;
    const optimizer = momentum === 0 ? tf.train.sgd(learningRate) : tf.train.momentum(learningRate, momentum);
    const variables = model.layers.flatMap(({ parameters }) =>
      parameters === null ? [] : [parameters.W, parameters.b],
    );
    return {
      step(batch) {
        const { x, y } = model.batches[batch] as (typeof model.batches)[number];
        optimizer.minimize(() => meanLoss(model, x, y), false, variables);
      },
      dispose: () => optimizer.dispose(),
    };
  },
};
