import { createRandom } from '../../src-worker/random';
import type { Workload, WorkloadData } from '../contract';

const EXAMPLES = 1024;
const PIXELS = 784;
const CLASSES = 10;

/**
 * Data of the shape of MNIST: per class a pattern of bright pixels, about a fifth of them, and every example a dimmed copy
 * of it with noise in a tenth of its pixels. Synthetic, so that the bench needs no file; time does not depend on the values.
 */
function generate(): WorkloadData {
  const { uniform, integer } = createRandom(1, 'mnist-mlp');
  const patterns = Float32Array.from({ length: CLASSES * PIXELS }, () => (uniform() < 0.2 ? 0.5 + uniform() / 2 : 0));
  const x = new Float32Array(EXAMPLES * PIXELS);
  const y = new Float32Array(EXAMPLES * CLASSES);
  for (let n = 0; n < EXAMPLES; n++) {
    const label = integer(CLASSES);
    const brightness = 0.5 + uniform() / 2;
    y[n * CLASSES + label] = 1;
    for (let p = 0; p < PIXELS; p++) {
      const noise = uniform() < 0.1;
      x[n * PIXELS + p] = noise ? uniform() : brightness * (patterns[label * PIXELS + p] ?? 0);
    }
  }
  return { x, y };
}

/** The course's digit network: matrix products in the middle of the range, with momentum. */
export const mnistMlp: Workload = {
  name: 'mnist-mlp',
  title: '784 → 128 relu → 10 softmax, cross-entropy, momentum 0.9, batch 64',
  inputs: PIXELS,
  layers: [
    { units: 128, activation: 'relu' },
    { units: CLASSES, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  training: { momentum: 0.9, learningRate: 0.003, timingLearningRate: 1e-7, batchSize: 64 },
  checkedSteps: [0, 1, 50],
  examples: EXAMPLES,
  generate,
};
