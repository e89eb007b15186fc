import fc from 'fast-check';
import type { FeatureTransform, ModelSnapshot } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { createRandom } from '../../src-worker/random';
import { resolveNetwork } from '../../src-worker/shape';
import { sizeOf } from '../../src-worker/tensor';
import { networkCases } from '../../src-worker/testing/arbitrary';
import { NO_METRICS, numberFeature } from './models';

/** Snapshots around the random networks of the gradient check: every kind of layer, activation and loss, rows and images. */
export function randomModels(count: number, seed: number): readonly ModelSnapshot[] {
  return fc.sample(networkCases, { seed, numRuns: count }).map(({ network, training, inputShape, outputs }, index) => {
    const document = parseExperiment({
      name: `random ${index}`,
      data: { source: { sample: 'flower' } },
      network,
      training,
    });
    if (!document.ok) throw new Error(JSON.stringify(document.problems));
    const experiment = document.value;
    const random = createRandom(seed, 'models', String(index));
    const parameters = resolveNetwork(network, inputShape).flatMap((layer) =>
      layer.parameters.map(({ name, fullName, shape }) => ({
        name: fullName,
        shape,
        // A variance is never negative.
        values: Float32Array.from({ length: sizeOf(shape) }, () =>
          name === 'variance' ? 0.3 + random.uniform() : random.normal() * 0.7,
        ),
      })),
    );
    const images = inputShape.length === 3;
    const channels = Array.from({ length: inputShape[0]! }, (_, c) => c);
    const features: readonly FeatureTransform[] = images
      ? []
      : Array.from({ length: inputShape[0]! }, (_, n) => numberFeature(`x${n}`, n - 0.5, 0.8, n));
    const task = network.loss === 'squared' ? 'regression' : outputs > 2 ? 'multi-class' : 'binary';
    const classes = Array.from({ length: Math.max(2, outputs) }, (_, k) => `class ${k}`);
    return {
      experiment,
      preprocessing: {
        ...{ task, inputShape, features },
        pixels: images ? { offset: channels.map((c) => 100 + c), scale: channels.map((c) => 0.01 / (c + 1)) } : null,
        target: { name: 'y', classes: task === 'regression' ? [] : classes, mean: 0, deviation: 1 },
      },
      state: {
        ...{ parameters, epoch: 1, step: 4, batchInEpoch: 0, status: 'training' },
        optimizer: [],
        history: [{ epoch: 0, step: 0, train: { ...NO_METRICS, loss: 1 }, dev: null }],
      },
    };
  });
}
