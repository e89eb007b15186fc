import type { EpochRecord, MetricEntry, MetricKind, Metrics, Task } from '../../src-worker/api';
import { formatNumber, formatPercent, THIN_SPACE } from '../charts/format';
import { formatTick } from '../charts/scale';

/** One quantity of the curves, taken from a record's metrics: the loss, or what the task is judged by. */
export interface CurveMetric {
  readonly id: 'loss' | MetricKind;
  /** Sentence case, as the chart's heading. */
  readonly label: string;
  readonly read: (metrics: Metrics | null) => number | null;
  readonly format: (value: number | null) => string;
  /** How its axis writes ticks that lie `step` apart. */
  readonly formatTick: (value: number, step: number) => string;
  /** The top of its axis where it has a natural one. */
  readonly suggestedMax?: number;
  /** Whether it counts in the target's own units, which the chart then names. */
  readonly inTargetUnits: boolean;
  /** Whether a logarithmic scale makes sense: not for shares. */
  readonly logarithmic: boolean;
}

const loss: CurveMetric = {
  id: 'loss',
  label: 'Loss',
  read: (metrics) => metrics?.loss ?? null,
  format: formatNumber,
  formatTick,
  inTargetUnits: false,
  logarithmic: true,
};

/** A metric as a chart shows it. */
function curveMetric({ kind, label, unit }: MetricEntry): CurveMetric {
  const share = unit === 'share';
  return {
    id: kind,
    label,
    read: (metrics) => metrics?.[kind] ?? null,
    format: share ? formatPercent : formatNumber,
    formatTick: share ? (value, step) => `${formatTick(100 * value, 100 * step)}${THIN_SPACE}%` : formatTick,
    ...(unit === 'number' || share ? { suggestedMax: 1 } : {}),
    inTargetUnits: unit === 'target',
    logarithmic: unit === 'target',
  };
}

/** The loss, then what the task is judged by, then its other metrics. */
export function curveMetrics(
  task: Task,
  metrics: readonly MetricEntry[],
): readonly [loss: CurveMetric, judge: CurveMetric, ...others: CurveMetric[]] {
  const [judge, ...others] = metrics.filter(({ tasks }) => tasks.includes(task)).map(curveMetric);
  if (judge === undefined) throw new RangeError(`No metric judges ${task}.`);
  return [loss, judge, ...others];
}

/** The metrics that the second chart can show: the judge, and whatever else has a value at the newest point. */
export function secondMetrics(
  [, judge, ...others]: ReturnType<typeof curveMetrics>,
  last: EpochRecord | undefined,
): readonly CurveMetric[] {
  return [judge, ...others.filter((metric) => metric.read(last?.train ?? null) !== null)];
}

/** How far the curves that begin with a record were looked at, and what was found. */
const looked = new WeakMap<
  EpochRecord,
  { readonly last: EpochRecord; readonly count: number; readonly best: EpochRecord | null }
>();

/** The record with the lowest dev loss, the earliest of equals; null without a dev part. Of curves that grew only the new points are looked at. */
export function bestDevRecord(records: readonly EpochRecord[]): EpochRecord | null {
  const first = records[0];
  if (first === undefined) return null;
  const known = looked.get(first);
  const goesOn = known !== undefined && records[known.count - 1] === known.last;
  let best = goesOn ? known.best : null;
  for (let i = goesOn ? known.count : 0; i < records.length; i++) {
    const dev = records[i]!.dev?.loss;
    if (dev !== undefined && Number.isFinite(dev) && dev < (best?.dev?.loss ?? Infinity)) best = records[i]!;
  }
  looked.set(first, { last: records.at(-1)!, count: records.length, best });
  return best;
}
