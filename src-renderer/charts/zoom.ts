import type { Range } from './scale';

/** What a chart shows: a stretch of each axis, or null for all of it. */
export interface View {
  readonly x: Range | null;
  readonly y: Range | null;
}

export const WHOLE: View = { x: null, y: null };

/** A stretch `factor` times as wide, in which `at` keeps its place. */
export function zoomed({ min, max }: Range, factor: number, at: number): Range {
  return { min: at - (at - min) * factor, max: at + (max - at) * factor };
}

/** Moved by a share of its width. */
export function panned({ min, max }: Range, share: number): Range {
  const by = (max - min) * share;
  return { min: min + by, max: max + by };
}

/** Brought into `whole` and to a width of at least `least`; null where it then is all of it. */
export function inside({ min, max }: Range, whole: Range, least: number): Range | null {
  const width = Math.max(max - min, least);
  if (width >= whole.max - whole.min) return null;
  const middle = (min + max) / 2;
  const start = Math.min(Math.max(middle - width / 2, whole.min), whole.max - width);
  return { min: start, max: start + width };
}
