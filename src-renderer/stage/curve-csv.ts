import type { EpochRecord, MetricKind, Metrics } from '../../src-worker/api';

const PARTS = ['train', 'dev'] as const;

/**
 * The curves as a table: a line per epoch, a column per part and metric that the run has, numbers in full precision so that they
 * read back as the same bits. An empty cell is a value that does not exist; one that is no number says `NaN`.
 */
export function curvesToCsv(records: readonly EpochRecord[]): string {
  const [first] = records;
  const kinds = Object.keys(first?.train ?? {}).filter((kind) => kind !== 'loss') as MetricKind[];
  const measured = ['loss', ...kinds] as const;
  const columns = PARTS.flatMap((part) => measured.map((metric) => ({ part, metric }))).filter(({ part, metric }) =>
    records.some((record) => valueOf(record[part], metric) !== null),
  );
  const header = ['epoch', 'step', ...columns.map(({ part, metric }) => `${part} ${metric}`)];
  const lines = records.map((record) => [
    record.epoch,
    record.step,
    ...columns.map(({ part, metric }) => valueOf(record[part], metric) ?? ''),
  ]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function valueOf(metrics: Metrics | null, metric: 'loss' | MetricKind): number | null {
  return metrics?.[metric] ?? null;
}
