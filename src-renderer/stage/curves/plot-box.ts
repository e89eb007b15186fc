import type { Range } from '../../charts/scale';
import type { XY } from '../../charts/thin';

/** Dragged over a chart, in pixels of its canvas. */
export interface Box {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
}

/** Where the lines are drawn. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Less is the shake of a click. */
const LEAST_WIDTH = 6;
/** A box lower than this is a stretch of epochs: it takes the whole height. */
const LEAST_HEIGHT = 16;

/** The box as it is drawn; null for a click. */
export function boxOf({ fromX, fromY, toX, toY }: Box, { left, right, top, bottom }: Area) {
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  const [x, width] = stretch(clamp(fromX, left, right), clamp(toX, left, right));
  const [y, height] = stretch(clamp(fromY, top, bottom), clamp(toY, top, bottom));
  if (width < LEAST_WIDTH) return null;
  const flat = height < LEAST_HEIGHT;
  return { left: x, width, top: flat ? top : y, height: flat ? bottom - top : height, flat };
}

/** What the box stands for on both axes: no height for one that is only a stretch of epochs; null for a click. */
export function stretchesOf(
  box: Box,
  chart: { readonly area: Area; at(left: number, top: number): XY },
): { readonly x: Range; readonly y: Range | null } | null {
  const place = boxOf(box, chart.area);
  if (place === null) return null;
  const low = chart.at(place.left, place.top + place.height);
  const high = chart.at(place.left + place.width, place.top);
  return { x: { min: low.x, max: high.x }, y: place.flat ? null : { min: low.y, max: high.y } };
}

function stretch(a: number, b: number): [start: number, length: number] {
  return [Math.min(a, b), Math.abs(a - b)];
}
