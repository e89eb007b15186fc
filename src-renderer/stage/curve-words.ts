import type { EpochRecord } from '../../src-worker/api';
import { formatCount, formatPlural } from '../charts/format';
import { spreadIndices } from '../charts/sampling';
import { describeMark, type RunMark } from '../state/run-marks';
import { bestDevRecord, type CurveMetric } from './curve-metric';

/** A chart in one sentence, for those who hear it. */
export function describeCurve(metric: CurveMetric, records: readonly EpochRecord[]): string {
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined) return `${metric.label}: nothing trained yet.`;
  if (last.epoch === first.epoch) return `${metric.label} before training: ${valuesAt(metric, first)}.`;
  const span = (part: 'train' | 'dev') =>
    `${part} from ${metric.format(metric.read(first[part]))} to ${metric.format(metric.read(last[part]))}`;
  const parts = metric.read(last.dev) === null ? span('train') : `${span('train')}, ${span('dev')}`;
  const best = metric.id === 'loss' ? bestDevRecord(records) : null;
  const mark =
    best === null
      ? ''
      : `; lowest dev loss ${metric.format(metric.read(best.dev))} at epoch ${formatCount(best.epoch)}`;
  return `${metric.label} over ${formatPlural(last.epoch - first.epoch, 'epoch')}: ${parts}${mark}.`;
}

/** The marks on a chart in words that follow {@link describeCurve}. */
export function describeChanges(changes: readonly RunMark[]): string {
  return changes
    .map((change) => ` After epoch ${formatCount(Math.floor(change.epoch))}: ${describeMark(change)}.`)
    .join('');
}

export interface CurveRow {
  readonly epoch: number;
  readonly train: string;
  readonly dev: string;
}

/** A few points of the chart as a table, both ends included. */
export function sampleCurve(metric: CurveMetric, records: readonly EpochRecord[], count: number): CurveRow[] {
  return spreadIndices(records.length, count).map((index) => {
    const record = records[index]!;
    return {
      epoch: record.epoch,
      train: metric.format(metric.read(record.train)),
      dev: metric.format(metric.read(record.dev)),
    };
  });
}

function valuesAt(metric: CurveMetric, record: EpochRecord): string {
  const dev = metric.read(record.dev);
  const train = `train ${metric.format(metric.read(record.train))}`;
  return dev === null ? train : `${train}, dev ${metric.format(dev)}`;
}
