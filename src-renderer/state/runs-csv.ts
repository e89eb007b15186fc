import Papa from 'papaparse';
import type { MetricKind, Metrics } from '../../src-worker/api';
import type { RunRecord } from './run-record';
import { settingsOf } from './settings-difference';

const PARTS = ['train', 'dev', 'test'] as const;

/**
 * Runs as a table: one to a line, with what came of it and every setting in which it has one. Numbers in full precision; a text that a
 * spreadsheet would run as a formula begins with an apostrophe. An empty cell is a value that does not exist.
 */
export function runsToCsv(runs: readonly RunRecord[]): string {
  const finals = runs.map(finalMetrics);
  const columns = PARTS.flatMap((part) => {
    const kinds = Object.keys(finals.find((final) => final[part] !== null)?.[part] ?? {}) as ('loss' | MetricKind)[];
    return kinds.map((kind) => ({ part, kind }));
  }).filter(({ part, kind }) => finals.some((final) => (final[part]?.[kind] ?? null) !== null));
  const settings = runs.map(({ document }) => settingsOf(document));
  const paths = [...new Set(settings.flatMap((each) => [...each.keys()]))];
  const fields = [
    ...['run', 'name', 'experiment', 'outcome', 'epoch', 'step', 'best epoch', 'best loss', 'best part', 'from run'],
    ...columns.map(({ part, kind }) => `${part} ${kind}`),
    ...paths,
  ];
  const data = runs.map((run, i) => [
    ...[run.number, run.name, run.document.name, run.outcome, run.epoch, run.step],
    ...[run.best?.epoch, run.best?.loss, run.best?.part, run.parent?.number],
    ...columns.map(({ part, kind }) => finals[i]![part]?.[kind]),
    ...paths.map((path) => settings[i]!.get(path)),
  ]);
  const cells = data.map((row) => row.map((cell) => cell ?? ''));
  return `${Papa.unparse({ fields, data: cells }, { newline: '\r\n', escapeFormulae: true })}\r\n`;
}

/** Of all parts at the last weights where they were looked at, else the last point of the curves. */
export function finalMetrics({ evaluations, records }: Pick<RunRecord, 'evaluations' | 'records'>): {
  readonly [P in (typeof PARTS)[number]]: Metrics | null;
} {
  const last = records.at(-1);
  return evaluations ?? { train: last?.train ?? null, dev: last?.dev ?? null, test: null };
}
