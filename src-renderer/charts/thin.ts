import type { MinMaxPyramid } from './min-max-pyramid';
import type { Range } from './scale';

export interface XY {
  readonly x: number;
  readonly y: number;
}

/**
 * The part of a line that lies in a window, with no more points than a picture of so many pixels can show: of each pixel the lowest and
 * the highest value, in their order, and one point beyond each side, so that the line runs up to the border. A gap of a whole pixel stays
 * one. What it costs grows with the pixels and with the logarithm of the points.
 * @param x rising; one for each value of `y`
 */
export function thin(x: readonly number[], y: MinMaxPyramid, window: Range, pixels: number): XY[] {
  const first = Math.max(0, firstNotBelow(x, window.min) - 1);
  const end = Math.min(x.length, firstAbove(x, window.max) + 1);
  const at = (index: number): XY => ({ x: x[index]!, y: y.values[index]! });
  if (end - first <= 2 * pixels + 2) return Array.from({ length: Math.max(0, end - first) }, (_, i) => at(first + i));
  const points: XY[] = [at(first)];
  let from = first + 1;
  for (let pixel = 1; pixel <= pixels && from < end - 1; pixel++) {
    const border = window.min + ((window.max - window.min) * pixel) / pixels;
    const to = pixel === pixels ? end - 1 : Math.min(end - 1, firstNotBelow(x, border, from));
    if (to === from) continue;
    const found = y.extremes(from, to);
    if (found === null) points.push({ x: x[from]!, y: Number.NaN });
    else {
      const { lowest, highest } = found;
      points.push(at(Math.min(lowest, highest)));
      if (lowest !== highest) points.push(at(Math.max(lowest, highest)));
    }
    from = to;
  }
  points.push(at(end - 1));
  return points;
}

/** Index of the first x that is at least `limit`, looked for from `start` on; their number where there is none. */
function firstNotBelow(x: readonly number[], limit: number, start = 0): number {
  return search(start, x.length, (index) => x[index]! >= limit);
}

function firstAbove(x: readonly number[], limit: number): number {
  return search(0, x.length, (index) => x[index]! > limit);
}

/** The first index from `low` on for which `holds`, which then holds for all behind it; `high` where there is none. */
function search(low: number, high: number, holds: (index: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
