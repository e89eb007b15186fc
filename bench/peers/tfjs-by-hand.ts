import * as tf from '@tensorflow/tfjs-core';
import type { TfjsLayer, TfjsModel, TfjsTraining } from './tfjs';

/**
 * TensorFlow.js tuned: the backward pass written out, so that no product has a transposed operand. Its A·B is fast and
 * its AᵀB and ABᵀ, which its automatic gradients use, are slow; a `transpose` first is the cheaper way. The examples'
 * transposes are made once, bias and relu are fused into the product, and no loss is computed, as no step needs it.
 *
 *   delta[L] = (ŷ − y) / m,   delta[l] = delta[l+1] W[l+1]ᵀ ⊙ g′(a[l]),   dW[l] = a[l−1]ᵀ delta[l],   db[l] = Σ delta[l]
 */
export const byHand: TfjsTraining = {
  prepare(model, learningRate) {
    const { momentum, batchSize } = model.start.workload.training;
    const rate = tf.scalar(learningRate);
    const beta = tf.scalar(momentum);
    const share = tf.scalar(1 / batchSize);
    const transposedInputs = model.batches.map(({ x }) => tf.transpose(x));
    const velocity = model.layers.map((layer) => ({
      W: tf.tidy(() => tf.variable(tf.zerosLike(parametersOf(layer).W))),
      b: tf.tidy(() => tf.variable(tf.zerosLike(parametersOf(layer).b))),
    }));

    const update = (parameter: tf.Variable, v: tf.Variable | undefined, gradient: tf.Tensor) => {
      if (momentum === 0 || v === undefined) {
        parameter.assign(tf.sub(parameter, tf.mul(gradient, rate)));
        return;
      }
      v.assign(tf.add(tf.mul(v, beta), gradient));
      parameter.assign(tf.sub(parameter, tf.mul(v, rate)));
    };

    const step = (batch: number) => {
      const { x, y } = model.batches[batch] as (typeof model.batches)[number];
      const activations = forward(model, x as tf.Tensor2D);
      let delta = tf.mul(tf.sub(activations.at(-1) as tf.Tensor2D, y), share) as tf.Tensor2D;
      for (let l = model.layers.length - 1; l >= 0; l--) {
        const { W, b } = parametersOf(model.layers[l]!);
        const below = activations[l - 1];
        const inputs = below === undefined ? (transposedInputs[batch] as tf.Tensor2D) : tf.transpose(below);
        const dW = tf.matMul(inputs, delta);
        const db = tf.sum(delta, 0);
        if (below !== undefined) {
          const da = tf.matMul(delta, tf.transpose(W));
          const slope = activationOf(model.layers[l - 1]!) === 'tanh' ? tf.sub(1, tf.square(below)) : tf.step(below);
          delta = tf.mul(da, slope);
        }
        update(W, velocity[l]?.W, dW);
        update(b, velocity[l]?.b, db);
      }
    };

    return {
      step: (batch) => tf.tidy(() => step(batch)),
      dispose: () => tf.dispose([rate, beta, share, transposedInputs, velocity.flatMap(({ W, b }) => [W, b])]),
    };
  },
};

/** Its layers are dense: its backend trains no others. */
function parametersOf({ parameters }: TfjsLayer): { readonly W: tf.Variable<tf.Rank.R2>; readonly b: tf.Variable } {
  return parameters as { readonly W: tf.Variable<tf.Rank.R2>; readonly b: tf.Variable };
}

function activationOf({ layer }: TfjsLayer): string {
  return layer.kind === 'dense' ? layer.activation : '';
}

/** a[1] … a[L], the last one ŷ. */
function forward({ layers }: TfjsModel, x: tf.Tensor2D): tf.Tensor2D[] {
  const activations: tf.Tensor2D[] = [];
  layers.forEach((layer, l) => {
    const { W, b } = parametersOf(layer);
    const kind = activationOf(layer);
    const a = activations[l - 1] ?? x;
    const z = tf.fused.matMul({ a, b: W, bias: b, activation: kind === 'relu' ? 'relu' : 'linear' }) as tf.Tensor2D;
    if (kind === 'tanh') activations.push(tf.tanh(z));
    else if (kind === 'sigmoid') activations.push(tf.sigmoid(z));
    else if (kind === 'softmax') activations.push(tf.softmax(z));
    else activations.push(z);
  });
  return activations;
}
