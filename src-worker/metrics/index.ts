import { accuracy } from './accuracy';
import type { MetricDefinition, MetricKind } from './metric';
import { rmse } from './rmse';

/** Every metric by kind. */
export const metrics = { accuracy, rmse } satisfies { readonly [K in MetricKind]: MetricDefinition<K> };

export type { MetricDefinition, MetricKind } from './metric';
