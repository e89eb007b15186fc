import type { Spread } from '../../src-worker/api';
import { mix, type DataColors } from './color';
import type { Range } from './scale';

/** Deviations around the mean that a picture of histograms has room for: what lies beyond is counted at its edge. */
const REACH = 4;

/** The values that histograms over time are drawn over: those of all of them, without a few that lie far away. */
export function commonRange(spreads: readonly Spread[]): Range {
  let [min, max] = [Infinity, -Infinity];
  for (const { mean, deviation, ...spread } of spreads) {
    min = Math.min(min, Math.max(spread.min, mean - REACH * deviation));
    max = Math.max(max, Math.min(spread.max, mean + REACH * deviation));
  }
  if (!(min <= max)) return { min: -1, max: 1 };
  const width = Math.abs(max) || 2;
  return max > min ? { min, max } : { min: min - width / 2, max: max + width / 2 };
}

/**
 * A histogram over other bins: each bin's numbers are taken to lie evenly in it.
 * @returns the share of all numbers in each of `bins` bins of equal width over `range`, lowest first
 */
export function resample({ counts, count, min, max }: Spread, range: Range, bins: number): Float64Array<ArrayBuffer> {
  const shares = new Float64Array(bins);
  if (count === 0) return shares;
  const scale = bins / (range.max - range.min);
  const width = (max - min) / counts.length;
  const place = (value: number): number => Math.max(0, Math.min(bins, (value - range.min) * scale));
  counts.forEach((numbers, bin) => {
    if (numbers === 0) return;
    const [from, to] = [place(min + bin * width), place(min + (bin + 1) * width)];
    const share = numbers / count;
    const [first, last] = [Math.min(bins - 1, Math.floor(from)), Math.min(bins - 1, Math.floor(to))];
    if (first === last || to === from) {
      shares[first]! += share;
      return;
    }
    for (let at = first; at <= last; at++) {
      shares[at]! += (share * Math.max(0, Math.min(at + 1, to) - Math.max(at, from))) / (to - from);
    }
  });
  return shares;
}

export interface HistogramColumn {
  readonly x: number;
  readonly spread: Spread;
}

/**
 * Histograms side by side as a picture, `[bins, width, RGBA]`, the highest values at the top: the more numbers in a bin the stronger its
 * colour, blue above 0 and orange below. Every column lasts until the next one begins.
 */
export function histogramImage(
  columns: readonly HistogramColumn[],
  range: Range,
  x: Range,
  width: number,
  bins: number,
  colors: DataColors,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * bins * 4);
  let at = -1;
  let shares = new Float64Array(bins);
  for (let column = 0; column < width; column++) {
    const time = x.min + ((column + 0.5) / width) * (x.max - x.min);
    let next = at;
    while (next + 1 < columns.length && columns[next + 1]!.x <= time) next++;
    if (next !== at || column === 0) {
      at = next;
      shares = at < 0 ? new Float64Array(bins) : resample(columns[at]!.spread, range, bins);
    }
    const most = shares.reduce((largest, share) => Math.max(largest, share), 0);
    for (let bin = 0; bin < bins; bin++) {
      const middle = range.min + ((bin + 0.5) / bins) * (range.max - range.min);
      // Roots, so that the tails are seen beside a peak.
      const strength = most > 0 ? Math.sqrt(shares[bin]! / most) : 0;
      const color = mix(colors.neutral, middle < 0 ? colors.negative : colors.positive, strength);
      pixels.set([...color, 255], ((bins - 1 - bin) * width + column) * 4);
    }
  }
  return pixels;
}
