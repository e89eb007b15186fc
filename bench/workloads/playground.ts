import { createRandom } from '../../src-worker/random';
import type { TrainingWorkload, WorkloadData } from '../contract';

const EXAMPLES = 500;

/** Points in a disc and in a ring around it, in equal numbers: what a first experiment looks like. */
function generate(): WorkloadData {
  const { uniform } = createRandom(1, 'playground');
  const x = new Float32Array(EXAMPLES * 2);
  const y = new Float32Array(EXAMPLES);
  for (let n = 0; n < EXAMPLES; n++) {
    const inner = n % 2;
    const radius = inner === 1 ? uniform() * 0.5 : 0.7 + uniform() * 0.3;
    const angle = uniform() * 2 * Math.PI;
    x[2 * n] = radius * Math.cos(angle);
    x[2 * n + 1] = radius * Math.sin(angle);
    y[n] = inner;
  }
  return { x, y };
}

/** The smallest network worth a look: a step is all overhead. */
export const playground: TrainingWorkload = {
  kind: 'training',
  name: 'playground',
  title: '2 → 8 tanh → 8 tanh → 1 sigmoid, logistic loss, SGD, batch 10',
  inputShape: [2],
  layers: [
    { kind: 'dense', units: 8, activation: 'tanh' },
    { kind: 'dense', units: 8, activation: 'tanh' },
    { kind: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: 'logistic',
  training: { momentum: 0, learningRate: 0.1, timingLearningRate: 1e-5, batchSize: 10 },
  checkedSteps: [0, 1, 500],
  examples: EXAMPLES,
  generate,
};
