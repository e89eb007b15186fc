import type { PresetDefinition } from './preset';

/** ŷ = σ(w x + b); with more than two classes softmax in place of σ. DL notes, logistic regression; CS229 notes (1.4). */
export const logisticRegression: PresetDefinition = {
  label: 'Logistic regression',
  summary: 'No hidden layer: one weighted sum for each class. The first thing to try, and what others have to beat.',
  source: 'DL notes',
  unfit: ({ task }) => (task === 'regression' ? 'For classes; the target is a number.' : null),
  hidden: () => [],
};
