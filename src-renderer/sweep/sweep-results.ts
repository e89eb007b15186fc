import type { SweepPlan, SweepPlace, SweptValue } from '../../src-worker/experiment/sweep/sweep-plan';
import type { EpochRecord } from '../../src-worker/api';
import type { CurveMetric } from '../stage/curve-metric';
import type { RunRecord } from '../state/run-record';

export type SweptRun = RunRecord & { readonly sweep: SweepPlace };

/** The runs of one sweep, in the order in which they came to their end. */
export interface SweepGroup {
  readonly number: number;
  readonly plan: SweepPlan;
  readonly runs: readonly SweptRun[];
}

/** The sweeps that runs belong to, the newest first. */
export function sweepsIn(runs: readonly RunRecord[]): readonly SweepGroup[] {
  const groups = new Map<number, SweptRun[]>();
  for (const run of runs) {
    if (!isSwept(run)) continue;
    const known = groups.get(run.sweep.number);
    if (known === undefined) groups.set(run.sweep.number, [run]);
    else known.push(run);
  }
  return [...groups]
    .map(([number, members]) => ({
      number,
      plan: members[0]!.sweep.plan,
      runs: members.sort((a, b) => a.number - b.number),
    }))
    .sort((a, b) => b.number - a.number);
}

/** A run as the table and the picture show it. */
export interface SweepRow {
  readonly run: SweptRun;
  /** The numbers of its best epoch; null where it has none. */
  readonly epoch: number | null;
  readonly train: number | null;
  readonly dev: number | null;
  /** What it is judged by: of the dev part, or of the training part where there is no dev part. Null for a run that diverged. */
  readonly judged: number | null;
}

/** Each run by the numbers of its best epoch, which is that of the lowest dev loss. */
export function sweepRows({ runs }: SweepGroup, metric: CurveMetric): readonly SweepRow[] {
  return runs.map((run) => {
    const record = recordAt(run, run.best?.epoch ?? null);
    const train = metric.read(record?.train ?? null);
    const dev = metric.read(record?.dev ?? null);
    const judged = run.outcome === 'diverged' ? null : record?.dev === null ? train : dev;
    return { run, epoch: record?.epoch ?? null, train, dev, judged };
  });
}

function recordAt({ records }: SweptRun, epoch: number | null): EpochRecord | null {
  if (epoch === null) return null;
  // A run from its beginning has one for each epoch.
  const likely = records[epoch];
  return likely?.epoch === epoch ? likely : (records.find((record) => record.epoch === epoch) ?? null);
}

/** Whether a smaller number is the better one. */
export function lowerIsBetter({ id, inTargetUnits }: CurveMetric): boolean {
  return id === 'loss' || inTargetUnits;
}

/** The best row, the first of equals; null where no run has a number. */
export function bestRow(rows: readonly SweepRow[], metric: CurveMetric): SweepRow | null {
  const sign = lowerIsBetter(metric) ? 1 : -1;
  return rows.reduce<SweepRow | null>((best, row) => {
    if (row.judged === null || Number.isNaN(row.judged)) return best;
    return best === null || sign * row.judged < sign * best.judged! ? row : best;
  }, null);
}

/** What a table of runs is sorted by: a setting by its place in the plan, or one of the numbers. */
export type SweepColumn = number | 'epoch' | 'train' | 'dev';

/** Rows in the order of a column; those without a number there are the last either way. */
export function sortRows(rows: readonly SweepRow[], column: SweepColumn, falling: boolean): readonly SweepRow[] {
  const read = (row: SweepRow): SweptValue | null => {
    if (typeof column === 'number') return row.run.sweep.values[column] ?? null;
    // What diverged is no better for the numbers that it had before.
    return column !== 'epoch' && row.run.outcome === 'diverged' ? null : row[column];
  };
  return rows.toSorted((one, other) => {
    const [a, b] = [read(one), read(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return falling ? -order : order;
  });
}

/** Why a run ended as it did, where that is not its last epoch. */
export function outcomeWords({ outcome, step }: RunRecord): string {
  if (outcome === 'diverged') return `diverged at step ${(step + 1).toLocaleString('en')}`;
  return outcome === 'early' ? 'stopped early' : '';
}

export function isSwept(run: RunRecord): run is SweptRun {
  return run.sweep !== undefined;
}
