import { optimizers } from '../../src-worker/optimizers';
import { schedules } from '../../src-worker/schedules';
import type { Recipe } from './distributed-runs';

const recipes = [
  {
    data: { source: { sample: 'blobs', examples: 150, noise: 0.8, seed: 3, classes: 3 } },
    network: {
      layers: [
        { kind: 'dense', units: 6, activation: 'tanh' },
        { kind: 'dense', units: 3, activation: 'softmax' },
      ],
      loss: 'cross-entropy',
    },
  },
  {
    data: { source: { sample: 'flower', examples: 120, noise: 0.2, seed: 4 } },
    network: {
      layers: [
        { kind: 'dense', units: 5, activation: 'gelu' },
        { kind: 'batch-norm' },
        { kind: 'dense', units: 1, activation: 'sigmoid' },
      ],
      loss: 'logistic',
    },
  },
  {
    data: { source: { sample: 'sine', examples: 120, noise: 0.1, seed: 2 } },
    network: {
      layers: [
        { kind: 'dense', units: 8, activation: 'elu' },
        { kind: 'dense', units: 1, activation: 'identity' },
      ],
      loss: 'squared',
    },
  },
] as const;

/** Settings other than the defaults, where three epochs would not show them. */
const SHOWN: Readonly<Record<string, object>> = {
  step: { every: 1, factor: 0.5 },
  exponential: { factor: 0.7 },
  cosine: { warmUp: 0.5 },
  'warm-up': { epochs: 1.5 },
  'reduce-on-plateau': { patience: 1, factor: 0.3 },
};

/** Every optimizer under every schedule, the losses in turn: name, and what to train. */
export function distributedGrid(): readonly (readonly [name: string, recipe: Recipe])[] {
  return Object.keys(optimizers).flatMap((optimizer, row) =>
    Object.keys(schedules).map((schedule, column) => {
      const recipe = recipes[(row + column) % recipes.length]!;
      const training = {
        ...{ optimizer: { kind: optimizer, learningRate: 0.02 }, schedule: { kind: schedule, ...SHOWN[schedule] } },
        ...{ batchSize: 16, epochs: 3, seed: 5 + row },
      };
      return [`${optimizer}, ${schedule}, ${recipe.network.loss}`, { ...recipe, training }] as const;
    }),
  );
}
