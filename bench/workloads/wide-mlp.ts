import type { TrainingWorkload } from '../contract';
import { generateDigits } from './digits';

/**
 * width → width relu → width relu → 10 softmax with SGD: nearly all of its time is matrix products once it is wide. The
 * workload `wide-mlp` at width 1024 and batch 128; the tables of growth at other widths and batches.
 */
export function squareMlp(name: string, width: number, batchSize: number): TrainingWorkload {
  const examples = Math.max(4 * batchSize, 512);
  return {
    kind: 'training',
    name,
    title: `${width} → ${width} relu → ${width} relu → 10 softmax, cross-entropy, SGD, batch ${batchSize}`,
    inputShape: [width],
    layers: [
      { kind: 'dense', units: width, activation: 'relu' },
      { kind: 'dense', units: width, activation: 'relu' },
      { kind: 'dense', units: 10, activation: 'softmax' },
    ],
    loss: 'cross-entropy',
    training: { momentum: 0, learningRate: 0.1, timingLearningRate: 1e-7, batchSize },
    // A peer in plain JavaScript takes seconds for a step at full width; a narrow network takes longer to learn.
    checkedSteps: [0, 1, width < 128 ? 32 : 8],
    examples,
    generate: () => generateDigits('wide-mlp', examples, width),
  };
}

export const wideMlp = squareMlp('wide-mlp', 1024, 128);
