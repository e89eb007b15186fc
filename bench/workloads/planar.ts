import { createRandom } from '../../src-worker/random';
import type { TrainingWorkload, WorkloadData } from '../contract';

const EXAMPLES = 400;

/** A flower whose petals alternate between the two classes, with a little noise. */
function generate(): WorkloadData {
  const { uniform, normal } = createRandom(1, 'planar');
  const x = new Float32Array(EXAMPLES * 2);
  const y = new Float32Array(EXAMPLES);
  for (let n = 0; n < EXAMPLES; n++) {
    const label = n % 2;
    const angle = (label + uniform()) * Math.PI + normal() * 0.2;
    const radius = 2 * Math.sin(4 * angle) + normal() * 0.2;
    x[2 * n] = radius * Math.sin(angle);
    x[2 * n + 1] = radius * Math.cos(angle);
    y[n] = label;
  }
  return { x, y };
}

/** The course's first network with a hidden layer, trained on all of its examples in every step. */
export const planar: TrainingWorkload = {
  kind: 'training',
  name: 'planar',
  title: '2 → 4 tanh → 1 sigmoid, logistic loss, gradient descent, batch 400',
  inputShape: [2],
  layers: [
    { kind: 'dense', units: 4, activation: 'tanh' },
    { kind: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: 'logistic',
  training: { momentum: 0, learningRate: 1.2, timingLearningRate: 1e-5, batchSize: EXAMPLES },
  checkedSteps: [0, 1, 100],
  examples: EXAMPLES,
  generate,
};
