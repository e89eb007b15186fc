import type { SweepGroup, SweepRow } from '../../sweep/sweep-results';
import type { CurveMetric } from '../curve-metric';

/** What every picture and table of a sweep's results is given, whatever it draws. */
export interface ResultsProps {
  readonly group: SweepGroup;
  readonly rows: readonly SweepRow[];
  /** What the runs are judged by. */
  readonly metric: CurveMetric;
  readonly best: SweepRow | null;
  readonly chosen: SweepRow | null;
  readonly onchoose: (run: number) => void;
}
