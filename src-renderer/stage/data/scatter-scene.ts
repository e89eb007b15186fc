import type { DataSummary, ScatterPoints } from '../../../src-worker/api';
import { classColors, mix, type DataColors, type Rgb } from '../../charts/color';
import { formatCount, formatPlural } from '../../charts/format';
import { padRange, rangeOf, type Range } from '../../charts/scale';
import type { AxisTick } from '../../charts/heat-map';
import { axisTicks, spreadCategories } from '../axis-values';

const MARGIN = 0.05;

/** A scatter in the coordinates in which it is drawn. */
export interface ScatterScene {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly xRange: Range;
  readonly yRange: Range;
  readonly xTicks: readonly AxisTick[] | null;
  readonly yTicks: readonly AxisTick[] | null;
}

/** Where the points lie; null where there are none. */
export function scatterScene(points: ScatterPoints): ScatterScene | null {
  const placeOf = (n: number): number => points.place[n]!;
  const x = spreadCategories(points.x, points.xAxis, placeOf, 0x9e3779b1);
  const y = spreadCategories(points.y, points.yAxis, placeOf, 0x85ebca6b);
  const [xRange, yRange] = [rangeOf(x), rangeOf(y)];
  if (xRange === null || yRange === null) return null;
  const axes = [
    { axis: points.xAxis, range: padRange(xRange, MARGIN) },
    { axis: points.yAxis, range: padRange(yRange, MARGIN) },
  ] as const;
  return {
    x,
    y,
    xRange: axes[0].range,
    yRange: axes[1].range,
    xTicks: axisTicks(axes[0].axis, axes[0].range),
    yTicks: axisTicks(axes[1].axis, axes[1].range),
  };
}

/** A colour for each point: of its class, or between the ends of the target's range. */
export function colorsOf(target: Float32Array, summary: DataSummary, colors: DataColors): (index: number) => Rgb {
  if (summary.task !== 'regression') {
    const palette = classColors(summary.classes.length, colors);
    return (index) => palette[target[index]!] ?? colors.ink;
  }
  const { min, max } = rangeOf(target) ?? { min: 0, max: 0 };
  return (index) => {
    const value = target[index]!;
    if (Number.isNaN(value)) return colors.ink;
    return mix(colors.negative, colors.positive, max > min ? (value - min) / (max - min) : 0.5);
  };
}

/** The picture in one sentence, for those who hear it. */
export function describeScatter({ xAxis, yAxis, place, of }: ScatterPoints): string {
  const drawn =
    place.length < of ? `${formatCount(place.length)} of ${formatPlural(of, 'row')}` : formatPlural(of, 'row');
  return `${drawn}: ${yAxis.column} over ${xAxis.column}.`;
}

/** The point nearest to a place of the picture, in pixels; null where none is within reach. */
export function nearestPoint(
  count: number,
  positionOf: (index: number) => readonly [left: number, top: number],
  left: number,
  top: number,
  reach: number,
): number | null {
  let nearest: number | null = null;
  let shortest = reach ** 2;
  for (let index = 0; index < count; index++) {
    const [x, y] = positionOf(index);
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance > shortest) continue;
    shortest = distance;
    nearest = index;
  }
  return nearest;
}

/** The next point in the order of one coordinate; the last one stays. */
export function neighbour(values: ArrayLike<number>, index: number | null, by: 1 | -1): number | null {
  const order = Array.from({ length: values.length }, (_, n) => n).sort((a, b) => values[a]! - values[b]! || a - b);
  if (order.length === 0) return null;
  if (index === null) return order[by === 1 ? 0 : order.length - 1]!;
  return order[Math.max(0, Math.min(order.length - 1, order.indexOf(index) + by))]!;
}
