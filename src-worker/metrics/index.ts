import type { MetricKind, Task } from '../api';
import { accuracy } from './accuracy';
import { auc } from './auc';
import { f1 } from './f1';
import { mae } from './mae';
import type { MetricDefinition, Predictions } from './metric';
import { precision } from './precision';
import { r2 } from './r2';
import { recall } from './recall';
import { rmse } from './rmse';
import { topK } from './top-k';

/** Every metric by kind, the one that a task is judged by first. To add one: a file, this line and a word in `MetricKind`. */
export const metrics = {
  accuracy,
  'top-k': topK,
  precision,
  recall,
  f1,
  auc,
  rmse,
  mae,
  r2,
} satisfies { readonly [K in MetricKind]: MetricDefinition<K> };

/**
 * All of them for one part; null for those that the task does not have or that are not defined for it.
 * @returns a fresh object
 */
export function measureAll(task: Task, predictions: Predictions): Record<MetricKind, number | null> {
  const measure = (definition: MetricDefinition): number | null => {
    if (!definition.tasks.includes(task) || predictions.columns < definition.minimumColumns) return null;
    const value = definition.measure(predictions);
    return Number.isNaN(value) && !isJudge(definition) ? null : value;
  };
  const entries = Object.entries(metrics).map(([kind, definition]) => [kind, measure(definition)] as const);
  return Object.fromEntries(entries) as Record<MetricKind, number | null>;
}

/** Accuracy and RMSE are never left out: a NaN there is how a diverged run shows. */
function isJudge({ kind }: MetricDefinition): boolean {
  return kind === 'accuracy' || kind === 'rmse';
}

export type { MetricDefinition, Predictions } from './metric';
