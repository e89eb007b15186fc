import type { TrainingWorkload } from '../contract';
import { generateDigits } from './digits';

/** Few, as a peer in plain JavaScript takes seconds for a step and the check of the losses looks at all of them. */
const EXAMPLES = 128;
const SIDE = 28;

/** The smallest convolutional network for digits: 28 × 28 → 24 × 24 → 12 × 12 → 8 × 8 → 4 × 4. */
export const mnistCnn: TrainingWorkload = {
  kind: 'training',
  name: 'mnist-cnn',
  title:
    '1 × 28 × 28 → conv 5 × 5 × 8 relu → max-pool 2 → conv 5 × 5 × 16 relu → max-pool 2 → 10 softmax, momentum 0.9, batch 32',
  inputShape: [1, SIDE, SIDE],
  layers: [
    { kind: 'conv2d', filters: 8, kernel: 5, activation: 'relu' },
    { kind: 'max-pool2d', size: 2 },
    { kind: 'conv2d', filters: 16, kernel: 5, activation: 'relu' },
    { kind: 'max-pool2d', size: 2 },
    { kind: 'dense', units: 10, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  training: { momentum: 0.9, learningRate: 0.01, timingLearningRate: 1e-7, batchSize: 32 },
  checkedSteps: [0, 1, 10],
  examples: EXAMPLES,
  generate: () => generateDigits('mnist-cnn', EXAMPLES, SIDE * SIDE),
};
