import type { Experiment } from '../../src-worker/api';
import { splitFields } from '../../src-worker/experiment/fields';
import { describeMetrics } from './progress';
import type { Report, ReportMetrics } from './report';

/** Mean and deviation of one measure over the folds; the deviation is that of a sample, divided by k − 1. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** What `--folds K --report` writes. */
export interface FoldsReport {
  readonly folds: number;
  /** By measure, over the dev parts. */
  readonly dev: Readonly<Record<string, Spread>>;
  /** By measure, over the same test part; null without one. */
  readonly test: Readonly<Record<string, Spread>> | null;
  readonly runs: readonly Report[];
}

/** The most folds that a document may have. */
export const MOST_FOLDS = splitFields.folds.max;

/** The same experiment with another fold as its dev part. */
export function withFold(experiment: Experiment, folds: number, fold: number): Experiment {
  const split = { ...experiment.data.split, method: 'folds', folds, fold } as const;
  return { ...experiment, data: { ...experiment.data, split } };
}

export function createFoldsReport(runs: readonly Report[]): FoldsReport {
  const tests = runs.map(({ test }) => test).filter((test) => test !== null);
  return {
    folds: runs.length,
    dev: spreads(runs.map(({ dev }) => dev).filter((dev) => dev !== null)),
    test: tests.length === 0 ? null : spreads(tests),
    runs,
  };
}

function spreads(parts: readonly ReportMetrics[]): Readonly<Record<string, Spread>> {
  const [first] = parts;
  if (first === undefined) return {};
  const measures = Object.entries(first).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(
    measures.map(([name]) => [
      name,
      spreadOf(parts.map((part) => (part as Readonly<Record<string, unknown>>)[name] as number)),
    ]),
  );
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** `fold 2/5  dev 0.262 / 92.8 %` */
export function describeFold(report: Report, fold: number, folds: number): string {
  return `fold ${fold}/${folds}  dev ${describePart(report.dev)}\n`;
}

/** `dev   accuracy 0.928 ± 0.013, loss 0.262 ± 0.041` for each part. */
export function describeFolds({ folds, dev, test }: FoldsReport): string {
  const line = (part: string, measures: Readonly<Record<string, Spread>>): string => {
    const shown = ['accuracy', 'rmse', 'loss'].filter((name) => Object.hasOwn(measures, name));
    const words = shown.map((name) => `${name} ${round(measures[name]!.mean)} ± ${round(measures[name]!.deviation)}`);
    return `${part.padEnd(5)} ${words.join(', ')}\n`;
  };
  return `mean ± deviation over ${folds} folds\n${line('dev', dev)}${test === null ? '' : line('test', test)}`;
}

function describePart(part: ReportMetrics | null): string {
  if (part === null) return 'has no examples';
  const { loss, accuracy = null, rmse = null } = part;
  return describeMetrics({ loss, accuracy, rmse });
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
