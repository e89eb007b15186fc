import type { EpochRecord, Metrics, Task } from '../../src-worker/api';
import { formatNumber, formatPercent, THIN_SPACE } from '../charts/format';
import { formatTick } from '../charts/scale';

/** One quantity of the curves, taken from a record's metrics: the loss, or what the task is judged by. */
export interface CurveMetric {
  readonly id: 'loss' | 'accuracy' | 'rmse';
  /** Sentence case, as the chart's heading. */
  readonly label: string;
  readonly read: (metrics: Metrics | null) => number | null;
  readonly format: (value: number | null) => string;
  /** How its axis writes ticks that lie `step` apart. */
  readonly formatTick: (value: number, step: number) => string;
  /** The top of its axis where it has a natural one. */
  readonly suggestedMax?: number;
  /** Whether a logarithmic scale makes sense: not for shares. */
  readonly logarithmic: boolean;
}

const loss: CurveMetric = {
  id: 'loss',
  label: 'Loss',
  read: (metrics) => metrics?.loss ?? null,
  format: formatNumber,
  formatTick,
  logarithmic: true,
};

const accuracy: CurveMetric = {
  id: 'accuracy',
  label: 'Accuracy',
  read: (metrics) => metrics?.accuracy ?? null,
  format: formatPercent,
  formatTick: (value, step) => `${formatTick(100 * value, 100 * step)}${THIN_SPACE}%`,
  suggestedMax: 1,
  logarithmic: false,
};

const rmse: CurveMetric = {
  id: 'rmse',
  label: 'RMSE',
  read: (metrics) => metrics?.rmse ?? null,
  format: formatNumber,
  formatTick,
  logarithmic: true,
};

/** The two charts of a task: the loss and what the task is judged by. */
export function curveMetrics(task: Task): readonly [CurveMetric, CurveMetric] {
  return [loss, task === 'regression' ? rmse : accuracy];
}

/** The record with the lowest dev loss, the earliest of equals; null without a dev part. */
export function bestDevRecord(records: readonly EpochRecord[]): EpochRecord | null {
  let best: EpochRecord | null = null;
  for (const record of records) {
    const dev = record.dev?.loss;
    if (dev !== undefined && Number.isFinite(dev) && dev < (best?.dev?.loss ?? Infinity)) best = record;
  }
  return best;
}
