import type { AxisTick } from '../charts/heat-map';
import { formatCell } from '../charts/format';
import { ticks, type Range } from '../charts/scale';

/** What the values along an axis are: numbers as they are, days since 1970, or indices of names. */
export interface ValueAxis {
  readonly kind: 'number' | 'date' | 'category' | 'component';
  readonly names: readonly string[];
}

const DAY_MS = 86_400_000;
/** How far to each side of its line a category is spread, so that equal ones do not hide each other. */
const SPREAD = 0.32;
/** Names on an axis: more would cover each other. */
const MOST_NAMES = 12;

/** A number from −1 to 1 that belongs to an example: always the same, and unlike those of its neighbours. */
export function scattered(place: number, factor: number): number {
  return 2 * (Math.imul(place + 1, factor) >>> 0) * 2 ** -32 - 1;
}

/** Categories spread around their index, each example always to the same place; everything else as it is. */
export function spreadCategories<T extends Float32Array | Float64Array>(
  values: T,
  { kind }: ValueAxis,
  placeOf: (index: number) => number,
  factor: number,
): T {
  if (kind !== 'category') return values;
  return values.map((value, n) => value + SPREAD * scattered(placeOf(n), factor)) as T;
}

/** Names for categories and days for dates; null for numbers, which have their own. */
export function axisTicks({ kind, names }: ValueAxis, range: Range): readonly AxisTick[] | null {
  if (kind === 'number' || kind === 'component') return null;
  if (kind === 'date') return ticks(range, 4).map((value) => ({ value, text: formatDay(value) }));
  const step = Math.ceil(names.length / MOST_NAMES);
  return names.flatMap((text, value) => (value % step === 0 ? [{ value, text }] : []));
}

/** A value of an axis in words. */
export function valueInWords(value: number, { kind, names }: ValueAxis): string {
  if (kind === 'category') return names[value] ?? '–';
  return kind === 'date' ? formatDay(value) : formatCell(value);
}

export function formatDay(days: number): string {
  const date = new Date(Math.round(days * DAY_MS));
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 10);
}
