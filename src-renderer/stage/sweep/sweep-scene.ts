import type { SweepPlan } from '../../../src-worker/experiment/sweep/sweep-plan';
import { describePoint, describeSettings } from '../../sweep/sweep-words';
import { bestRow, lowerIsBetter, type SweepGroup, type SweepRow } from '../../sweep/sweep-results';
import type { CurveMetric } from '../curve-metric';
import { axisOf, axisOfNumbers, type Axis } from './axis';

export const SIZE = { width: 800, height: 310 };
export const AREA = { left: 62, right: 784, top: 30, bottom: 264 };

export interface Dot {
  readonly row: SweepRow;
  readonly x: number;
  readonly y: number;
  /** From 0 for the worst to 1 for the best, by rank. */
  readonly rank: number;
}

export interface PlotScene {
  readonly x: readonly { readonly at: number; readonly text: string }[];
  readonly y: readonly { readonly at: number; readonly text: string }[];
  readonly dots: readonly Dot[];
  /** Through the dots from left to right; empty where there is nothing to join. */
  readonly line: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Runs that have no place there, as they diverged. */
  readonly without: number;
}

/** One setting: what runs are judged by over it. Two: both axes are settings. */
export function plotScene({ plan }: SweepGroup, rows: readonly SweepRow[], metric: CurveMetric): PlotScene {
  const [first, second] = plan.settings;
  const known = rows.filter(({ judged }) => judged !== null && Number.isFinite(judged));
  const xAxis = axisOf(first!, plan.method);
  const judgedOf = ({ judged }: SweepRow): number => judged!;
  const yAxis =
    second === undefined
      ? axisOfNumbers(known.length === 0 ? [0] : known.map(judgedOf), metric.formatTick)
      : axisOf(second, plan.method);
  const ranks = ranksOf(known, metric);
  const dots = known
    .map((row) => ({
      row,
      x: across(xAxis, row.run.sweep.values[0]!),
      y: up(yAxis, second === undefined ? row.judged! : row.run.sweep.values[1]!),
      rank: ranks.get(row)!,
    }))
    .sort((a, b) => a.x - b.x);
  const joined = second === undefined && plan.method === 'grid' && first!.kind === 'number';
  return {
    x: xAxis.ticks.map(({ at, text }) => ({ at: AREA.left + at * (AREA.right - AREA.left), text })),
    y: yAxis.ticks.map(({ at, text }) => ({ at: AREA.bottom - at * (AREA.bottom - AREA.top), text })),
    dots,
    line: joined ? dots.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ') : '',
    xLabel: first!.label,
    yLabel: second?.label ?? `${capital(partOf(rows))} ${metric.label.toLowerCase()}`,
    without: rows.length - known.length,
  };
}

function across(axis: Axis, value: Parameters<Axis['place']>[0]): number {
  return AREA.left + axis.place(value) * (AREA.right - AREA.left);
}

function up(axis: Axis, value: Parameters<Axis['place']>[0]): number {
  return AREA.bottom - axis.place(value) * (AREA.bottom - AREA.top);
}

/** From 0 for the worst to 1 for the best; all are 1 where there is nothing to tell apart. */
export function ranksOf(rows: readonly SweepRow[], metric: CurveMetric): ReadonlyMap<SweepRow, number> {
  const sign = lowerIsBetter(metric) ? 1 : -1;
  const known = rows.filter(({ judged }) => judged !== null && Number.isFinite(judged));
  const sorted = [...new Set(known.map(({ judged }) => judged!))].sort((a, b) => sign * (a - b));
  const last = Math.max(1, sorted.length - 1);
  return new Map(known.map((row) => [row, 1 - sorted.indexOf(row.judged!) / last]));
}

/** The part whose numbers count. */
export function partOf(rows: readonly SweepRow[]): 'dev' | 'train' {
  return rows.some(({ dev }) => dev !== null) ? 'dev' : 'train';
}

/** The picture in a sentence, for those who hear it. */
export function describeResults(group: SweepGroup, rows: readonly SweepRow[], metric: CurveMetric): string {
  const best = bestRow(rows, metric);
  const what = `${capital(partOf(rows))} ${metric.label.toLowerCase()} of ${rows.length} runs over ${describeSettings(group.plan)}`;
  const diverged = rows.filter(({ run }) => run.outcome === 'diverged').length;
  const lost = diverged === 0 ? '' : ` ${diverged} diverged.`;
  if (best === null) return `${what}.${lost}`;
  const judged = rows.flatMap((row) => (row.judged === null ? [] : [row.judged]));
  const worst = lowerIsBetter(metric) ? Math.max(...judged) : Math.min(...judged);
  return `${what}, from ${metric.format(best.judged)} at ${pointWords(group.plan, best)} to ${metric.format(worst)}.${lost}`;
}

export function pointWords(plan: SweepPlan, { run }: SweepRow): string {
  return describePoint(plan, run.sweep.values);
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
