import type { DataSummary, ScatterAxis, ScatterPoints } from '../../../src-worker/api';
import { classColors, mix, type DataColors, type Rgb } from '../../charts/color';
import { formatCell, formatCount, formatPlural } from '../../charts/format';
import { padRange, rangeOf, ticks, type Range } from '../../charts/scale';
import type { AxisTick } from '../../charts/heat-map';

const MARGIN = 0.05;
const DAY_MS = 86_400_000;
/** How far to each side of its line a category is spread, so that equal ones do not hide each other. */
const SPREAD = 0.32;
/** Names on an axis: more would cover each other. */
const MOST_NAMES = 12;

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
  const x = spread(points.x, points.xAxis, points.place, 0x9e3779b1);
  const y = spread(points.y, points.yAxis, points.place, 0x85ebca6b);
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
    xTicks: ticksOf(axes[0].axis, axes[0].range),
    yTicks: ticksOf(axes[1].axis, axes[1].range),
  };
}

/** Categories spread around their index, each row always to the same place. */
function spread(values: Float64Array, { kind }: ScatterAxis, place: Uint32Array, factor: number): Float64Array {
  if (kind !== 'category') return values;
  return values.map((value, n) => value + SPREAD * (2 * (Math.imul(place[n]! + 1, factor) >>> 0) * 2 ** -32 - 1));
}

/** Names for categories and days for dates; null for numbers, which have their own. */
function ticksOf({ kind, names }: ScatterAxis, range: Range): readonly AxisTick[] | null {
  if (kind === 'number') return null;
  if (kind === 'date') return ticks(range, 4).map((value) => ({ value, text: formatDay(value) }));
  const step = Math.ceil(names.length / MOST_NAMES);
  return names.flatMap((text, value) => (value % step === 0 ? [{ value, text }] : []));
}

/** A value of an axis in words. */
export function valueInWords(value: number, { kind, names }: ScatterAxis): string {
  if (kind === 'category') return names[value] ?? '–';
  return kind === 'date' ? formatDay(value) : formatCell(value);
}

function formatDay(days: number): string {
  const date = new Date(Math.round(days * DAY_MS));
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 10);
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
