import type { BoundaryRequest, DataSummary, Plane, PlaneAxis, PointCloud } from '../../../src-worker/api';
import { formatPercent } from '../../charts/format';
import { padRange, rangeOf, type Range } from '../../charts/scale';
import type { Shown } from '../../state/boundary-view.svelte';
import { axisTicks, scattered, spreadCategories } from '../axis-values';
import { answerMeaning, LINE_STEPS, MARGIN, PLANE_STEPS, type BoundaryView } from '../boundary-scene';

/** What lies up and down where nothing does: a band of colours over one feature. */
const BAND: Range = { min: 0, max: 1 };
const FACTORS = [0x9e3779b1, 0x85ebca6b] as const;

/** How a plane is drawn, and what is asked of the worker for it; null where no example lies on it. */
export function planeView(
  plane: Plane,
  summary: DataSummary,
  shown: Shown,
  held: Readonly<Record<string, number>>,
): BoundaryView | null {
  const { xAxis, yAxis } = plane;
  const kind = kindOf(plane, summary, shown);
  const points = pointsOf(plane, summary, kind);
  const [xRange, yRange] = [rangeOf(points.x), rangeOf(points.y)];
  if (xRange === null || yRange === null) return null;
  const x = padded(xAxis, xRange);
  const y = kind === 'band' ? BAND : yAxis === null ? padRange(yRange, MARGIN) : padded(yAxis, yRange);
  const [xTicks, yTicks] = [axisTicks(xAxis, x), kind === 'band' ? [] : yAxis && axisTicks(yAxis, y)];
  return {
    ...{ kind, x, y, points, of: plane.points.of },
    request: requestFor(plane, x, y, shown, held),
    meaning: shown === 'answer' ? answerMeaning(summary, points.target) : { kind: 'signed' },
    ...(xTicks && { xTicks }),
    ...(yTicks && { yTicks }),
  };
}

function requestFor(
  { choice, yAxis, held: fields }: Plane,
  x: Range,
  y: Range,
  shown: Shown,
  held: Readonly<Record<string, number>>,
): BoundaryRequest {
  const line = yAxis === null;
  const own = fields.filter(({ column }) => Object.hasOwn(held, column));
  return {
    x: { ...x, steps: line ? LINE_STEPS : PLANE_STEPS },
    y: { ...y, steps: line ? 1 : PLANE_STEPS },
    plane: choice,
    held: Object.fromEntries(own.map(({ column }) => [column, held[column]!])),
    judge: true,
    ...(shown !== 'answer' && { units: { layer: shown.layer, from: shown.unit, count: 1 } }),
  };
}

/** A number over one feature is a curve, and so is the share of one of two classes; more classes are a band of colours. */
function kindOf({ yAxis }: Plane, { task }: DataSummary, shown: Shown): BoundaryView['kind'] {
  if (yAxis !== null) return 'plane';
  return task === 'multi-class' || shown !== 'answer' ? 'band' : 'curve';
}

/** Categories lie on whole numbers, with room for half a name at both ends. */
function padded({ kind, names }: PlaneAxis, range: Range): Range {
  return kind === 'category' ? { min: -0.5, max: Math.max(0.5, names.length - 0.5) } : padRange(range, MARGIN);
}

function pointsOf(
  { xAxis, yAxis, points, components }: Plane,
  summary: DataSummary,
  kind: BoundaryView['kind'],
): PointCloud {
  const { target, part } = points;
  const name = (axis: PlaneAxis, index: 0 | 1): string =>
    components === null ? axis.name : `${axis.name} (${formatPercent(components.shares[index])} of the variance)`;
  const index = (n: number): number => n;
  const x = spreadCategories(points.x, xAxis, index, FACTORS[0]);
  const across = { x, target, part, xName: name(xAxis, 0) };
  if (kind === 'band') {
    // Up and down they lie anywhere, so that they do not hide each other.
    const y = points.y.map((_, n) => 0.5 + 0.4 * scattered(n, FACTORS[1]));
    return { ...across, y, yName: '' };
  }
  if (yAxis === null) {
    const isShare = summary.task !== 'regression';
    return { ...across, y: points.y, yName: isShare ? `ŷ: ${summary.classes[1] ?? summary.target}` : summary.target };
  }
  return { ...across, y: spreadCategories(points.y, yAxis, index, FACTORS[1]), yName: name(yAxis, 1) };
}
