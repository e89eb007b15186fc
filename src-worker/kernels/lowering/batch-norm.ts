import { channelSizes } from '../../layers/batch-norm';
import type { LayerOf } from '../../layers/layer';
import type { NormalisedArrays } from '../program';
import type { LayerLowering, LoweredLayer } from './layers';

/** Keeps μ and σ² of the batch from forward to backward; evaluation takes the running ones. */
export const batchNormLowering: LayerLowering = {
  reserve({ inputShape }, _rows, mode, place) {
    const bytes = 4 * channelSizes(inputShape).channels;
    return mode === 'training' ? [place(bytes), place(bytes)] : [];
  },

  forward(program, layer) {
    const { epsilon } = specOf(layer);
    const [gamma, beta, runningMean, runningVariance] = layer.parameters as [number, number, number, number];
    const training = layer.mode === 'training';
    const arrays = arraysOf(layer, training ? layer.own : [runningMean, runningVariance]);
    program.batchNorm(arrays, layer.z, gamma, beta, epsilon, training);
  },

  backward(program, layer) {
    const [gamma] = layer.parameters as [number];
    const [dgamma, dbeta] = layer.gradients as [number, number];
    const target = { dgamma, dbeta, dx: layer.dx ?? 0 };
    program.batchNormBackward(arraysOf(layer, layer.own), gamma, layer.delta, target, specOf(layer).epsilon);
  },

  updateStatistics(program, layer) {
    const { channels, positions } = channelSizes(layer.resolved.inputShape);
    const [, , ...running] = layer.parameters;
    running.forEach((average, i) => {
      program.runningAverage(average, layer.own[i]!, channels, positions, specOf(layer).decay);
    });
  },
};

function specOf({ resolved }: LoweredLayer): LayerOf<'batch-norm'> {
  return resolved.place.layer as LayerOf<'batch-norm'>;
}

function arraysOf({ resolved, x }: LoweredLayer, statistics: readonly number[]): NormalisedArrays {
  const [mean, variance] = statistics as [number, number];
  return { x, mean, variance, ...channelSizes(resolved.inputShape) };
}
