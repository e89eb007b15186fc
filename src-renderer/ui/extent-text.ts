import type { Extent, ExtentField } from '../../src-worker/api';

/** How height and width look in their field: `5`, or `5 × 3`. */
export function formatExtent(extent: Extent): string {
  return typeof extent === 'number' ? String(extent) : extent.join(' × ');
}

/** `5`, `5 × 3`, `5x3`, `5, 3` or `5 3`; null for what is neither one whole number nor two. */
export function parseExtent(text: string): Extent | null {
  const numbers = text
    .trim()
    .split(/\s*[×x*,;\s]\s*/i)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  const [height = NaN, width = height] = numbers;
  if (numbers.length > 2 || Number.isNaN(height) || Number.isNaN(width)) return null;
  return height === width ? height : [height, width];
}

/** What is wrong with what was typed, as a sentence for the field; null where nothing is. */
export function extentComplaint({ min, max }: ExtentField, text: string): string | null {
  const extent = parseExtent(text);
  if (extent === null) return 'Type 5, or 5 × 3.';
  const both = typeof extent === 'number' ? [extent] : extent;
  if (both.some((number) => number < min)) return `At least ${min}, please.`;
  return both.some((number) => number > max) ? `At most ${max.toLocaleString('en')}, please.` : null;
}

/** Where an arrow key takes both numbers, within their range. */
export function stepExtent({ min, max }: ExtentField, extent: Extent, direction: 1 | -1): Extent {
  const step = (number: number): number => Math.min(max, Math.max(min, number + direction));
  if (typeof extent === 'number') return step(extent);
  const [height, width] = [step(extent[0]), step(extent[1])];
  return height === width ? height : [height, width];
}
