import type { Boundary, BoundaryRequest, DataSummary, PointCloud } from '../../src-worker/api';
import type { BoundaryMeaning } from '../charts/boundary-image';
import { formatNumber, formatPercent } from '../charts/format';
import { padRange, rangeOf, type Range } from '../charts/scale';

/** Pictures across and up; enough to look smooth, few enough to be computed 20 times a second. */
const PLANE_STEPS = 100;
const LINE_STEPS = 240;
const MARGIN = 0.08;

/** How data with one or two features is drawn: over a plane of both, or as a curve over the one. */
export interface BoundaryView {
  readonly kind: 'plane' | 'curve';
  readonly x: Range;
  readonly y: Range;
  readonly points: PointCloud;
  readonly meaning: BoundaryMeaning;
  readonly request: BoundaryRequest;
}

/** The view of this data; null where it has more than two features, or features that are no numbers. */
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
  return { kind, x, y, points, meaning: meaningOf(summary, points), request };
}

function meaningOf(summary: DataSummary, points: PointCloud): BoundaryMeaning {
  if (summary.task !== 'regression') return { kind: 'classes', count: summary.classes.length };
  // The colours stay where they are while the network learns: they belong to the data, not to its present answers.
  return { kind: 'values', range: rangeOf(points.target) ?? { min: 0, max: 1 } };
}

/** The picture in one sentence, for those who hear it. */
export function describeBoundary(view: BoundaryView, summary: DataSummary, boundary: Boundary | null): string {
  const { xName, yName } = view.points;
  const subject = view.kind === 'curve' ? `${yName} over ${xName}` : `${xName} and ${yName}`;
  const points = `${view.points.x.length.toLocaleString('en-US')} points of ${subject}`;
  if (boundary === null) return `${points}.`;
  if (summary.task === 'regression') {
    const range = rangeOf(boundary.values);
    const span = range === null ? '' : ` from ${formatNumber(range.min)} to ${formatNumber(range.max)}`;
    return view.kind === 'curve'
      ? `${points} and the network’s curve through them, which runs${span}.`
      : `${points} over the network’s answers, which run${span}.`;
  }
  const shares = classShares(boundary, summary.classes.length);
  const areas = summary.classes.map((name, index) => `${name} on ${formatPercent(shares[index])}`);
  return `${points} over the network’s answers: ${areas.join(', ')} of the plane.`;
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
