import type { LossKind } from '../experiment/document';
import { crossEntropy } from './cross-entropy';
import { logistic } from './logistic';
import type { LossDefinition } from './loss';
import { squared } from './squared';

/** Every loss by kind. */
export const losses = { squared, logistic, 'cross-entropy': crossEntropy } satisfies {
  readonly [K in LossKind]: LossDefinition<K>;
};

export type { LossDefinition } from './loss';
