import type { Boundary, BoundaryRequest, DataSummary, PointCloud } from '../../src-worker/api';
import type { BoundaryMeaning } from '../charts/boundary-image';
import { formatCount, formatNumber, formatPercent } from '../charts/format';
import type { AxisTick } from '../charts/heat-map';
import { padRange, rangeOf, tickStep, type Range } from '../charts/scale';

/** Pictures across and up; enough to look smooth, few enough to be computed 20 times a second. */
export const PLANE_STEPS = 100;
export const LINE_STEPS = 240;
export const MARGIN = 0.08;
/** Lines of equal answers over the range of a regression. */
const LEVELS = 8;

/** How data are drawn: over a plane, as a curve over one feature, or as a band of colours over it. */
export interface BoundaryView {
  readonly kind: 'plane' | 'curve' | 'band';
  readonly x: Range;
  readonly y: Range;
  readonly points: PointCloud;
  /** Examples that the points were drawn from. */
  readonly of: number;
  /** What the colours stand for; those of a unit follow from its numbers. */
  readonly meaning: BoundaryMeaning | { readonly kind: 'signed' };
  readonly request: BoundaryRequest;
  /** In place of round numbers. */
  readonly xTicks?: readonly AxisTick[];
  readonly yTicks?: readonly AxisTick[];
}

/** The view of data with one or two number features and nothing else; null for all others, which need a plane. */
export function boundaryView(summary: DataSummary): BoundaryView | null {
  const { points } = summary;
  const xRange = points === null ? null : rangeOf(points.x);
  const yRange = points === null ? null : rangeOf(points.y);
  if (points === null || xRange === null || yRange === null) return null;
  const [x, y] = [padRange(xRange, MARGIN), padRange(yRange, MARGIN)];
  const kind = summary.featureNames.length === 1 ? 'curve' : 'plane';
  const request =
    kind === 'plane'
      ? { x: { ...x, steps: PLANE_STEPS }, y: { ...y, steps: PLANE_STEPS } }
      : { x: { ...x, steps: LINE_STEPS }, y: { ...y, steps: 1 } };
  return { kind, x, y, points, of: summary.usedRows, meaning: answerMeaning(summary, points.target), request };
}

/** What the colours of the network's answers stand for. */
export function answerMeaning({ task, classes }: DataSummary, target: Iterable<number>): BoundaryMeaning {
  if (task !== 'regression') return { kind: 'classes', count: classes.length };
  // The colours stay where they are while the network learns: they belong to the data, not to its present answers.
  return { kind: 'values', range: rangeOf(target) ?? { min: 0, max: 1 } };
}

/** The same for a picture: a unit's colours reach as far to both sides of 0 as the next round number. */
export function meaningOf({ meaning }: BoundaryView, boundary: Boundary | null): BoundaryMeaning {
  if (meaning.kind !== 'signed') return meaning;
  const range = boundary === null ? null : rangeOf(boundary.values);
  const most = range === null ? 1 : roundUp(Math.max(Math.abs(range.min), Math.abs(range.max)));
  return { kind: 'values', range: { min: -most, max: most } };
}

function roundUp(value: number): number {
  // A scale that changes with every picture could not be read.
  return value > 0 ? tickStep(value, 1) : 1;
}

/** The curve over a line of one feature: the answer, or the share of the second of two classes. */
export function curveOf({ values, outputs }: Boundary): ArrayLike<number> {
  return outputs === 1 ? values : values.filter((_, at) => at % outputs === outputs - 1);
}

/** The answers along which lines are drawn: between two classes where neither is likelier, round values of a regression, 0 of a unit. */
export function levelsOf({ kind, meaning }: BoundaryView, boundary: Boundary): readonly number[] {
  if (kind !== 'plane') return [];
  if (meaning.kind === 'signed') return [0];
  if (meaning.kind === 'classes') return meaning.count === 2 && boundary.outputs === 1 ? [0.5] : [];
  const step = tickStep(meaning.range.max - meaning.range.min, LEVELS);
  const range = rangeOf(boundary.values);
  if (step === 0 || range === null) return [];
  const first = Math.ceil(range.min / step);
  const count = Math.min(4 * LEVELS, Math.floor(range.max / step) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, n) => (first + n) * step);
}

/** The distance between those lines; 0 where they do not stand for round values. */
export function levelStep({ kind, meaning }: BoundaryView): number {
  return kind === 'plane' && meaning.kind === 'values' ? tickStep(meaning.range.max - meaning.range.min, LEVELS) : 0;
}

/** The picture in one sentence, for those who hear it. */
export function describeBoundary(view: BoundaryView, summary: DataSummary, boundary: Boundary | null): string {
  const { xName, yName } = view.points;
  const subject = view.kind === 'curve' ? `${yName} over ${xName}` : [xName, yName].filter(Boolean).join(' and ');
  const points = `${view.points.x.length.toLocaleString('en-US')} points of ${subject}`;
  if (boundary === null) return `${points}.`;
  if (view.meaning.kind === 'signed') {
    const range = rangeOf(boundary.values);
    return `${points} over the unit’s values${spanOf(range)}.`;
  }
  const wrong = boundary.wrong?.reduce((sum, each) => sum + each, 0) ?? null;
  const judged = wrong === null ? '' : ` ${formatCount(wrong)} of the points are answered wrongly.`;
  if (summary.task === 'regression') {
    const span = spanOf(rangeOf(boundary.values));
    return view.kind === 'curve'
      ? `${points} and the network’s curve through them, which runs${span}.`
      : `${points} over the network’s answers, which run${span}.`;
  }
  const shares = classShares(boundary, summary.classes.length);
  const areas = summary.classes.map((name, index) => `${name} on ${formatPercent(shares[index])}`);
  return `${points} over the network’s answers: ${areas.join(', ')} of the ${view.kind === 'plane' ? 'plane' : 'line'}.${judged}`;
}

function spanOf(range: Range | null): string {
  return range === null ? '' : ` from ${formatNumber(range.min)} to ${formatNumber(range.max)}`;
}

/** The share of the picture in which each class is the answer. */
export function classShares(boundary: Boundary, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  const cells = boundary.rows * boundary.columns;
  for (let cell = 0; cell < cells; cell++) {
    const answer = answerAt(boundary, cell);
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts.map((count) => count / Math.max(1, cells));
}

function answerAt({ values, outputs }: Boundary, cell: number): number {
  if (outputs === 1) return values[cell]! >= 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) {
    if (values[cell * outputs + k]! > values[cell * outputs + best]!) best = k;
  }
  return best;
}
