import type { TrainingWorkload } from '../contract';
import { generateDigits } from './digits';

const EXAMPLES = 1024;
const PIXELS = 784;

/** The course's digit network: matrix products in the middle of the range, with momentum. */
export const mnistMlp: TrainingWorkload = {
  kind: 'training',
  name: 'mnist-mlp',
  title: '784 → 128 relu → 10 softmax, cross-entropy, momentum 0.9, batch 64',
  inputShape: [PIXELS],
  layers: [
    { kind: 'dense', units: 128, activation: 'relu' },
    { kind: 'dense', units: 10, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  training: { momentum: 0.9, learningRate: 0.003, timingLearningRate: 1e-7, batchSize: 64 },
  checkedSteps: [0, 1, 50],
  examples: EXAMPLES,
  generate: () => generateDigits('mnist-mlp', EXAMPLES, PIXELS),
};
