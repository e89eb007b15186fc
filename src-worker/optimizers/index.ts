import type { OptimizerKind } from '../experiment/document';
import { momentum } from './momentum';
import type { OptimizerDefinition } from './optimizer';
import { sgd } from './sgd';

/** Every optimizer by kind, in order of increasing complexity. */
export const optimizers = { sgd, momentum } satisfies { readonly [K in OptimizerKind]: OptimizerDefinition<K> };

export type { OptimizerDefinition } from './optimizer';
