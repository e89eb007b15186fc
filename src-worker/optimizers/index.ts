import type { OptimizerKind } from '../experiment/document';
import { adam } from './adam';
import { adamw } from './adamw';
import { heavyBall } from './heavy-ball';
import { momentum } from './momentum';
import { nesterov } from './nesterov';
import type { OptimizerDefinition } from './optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Every optimizer by kind, in order of increasing complexity. */
export const optimizers = {
  sgd,
  momentum,
  'heavy-ball': heavyBall,
  nesterov,
  rmsprop,
  adam,
  adamw,
} satisfies { readonly [K in OptimizerKind]: OptimizerDefinition<K> };

export type { OptimizerDefinition } from './optimizer';
