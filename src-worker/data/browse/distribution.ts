import type { Column } from '../column';
import { measure } from '../scaling';
import { categoriesOf } from '../column';
import { valueReader, type Reading } from '../reading';
import type { Distribution } from './browse-types';

const BINS = 20;
const MOST_VALUES = 8;

/** How the values of a column are spread; null where it has none, or texts that were not kept. */
export function distributionOf(column: Column, reading: Reading | null, rows: number): Distribution | null {
  const numbers = reading?.type === 'number' || reading?.type === 'date' || (reading === null && isMeasured(column));
  if (!numbers) return frequencies(column);
  return histogram(column, reading ?? { type: 'number' }, rows);
}

/** Whether a column that is left out is shown by its range. */
function isMeasured({ profile, codes }: Column): boolean {
  return profile.notNumbers === 0 && profile.numeric !== null && (codes === null || profile.distinct > MOST_VALUES);
}

function histogram(column: Column, reading: Reading, rows: number): Distribution | null {
  const valueAt = valueReader(column, reading);
  const stride = Math.max(1, column.length / rows);
  const taken = Math.floor(column.length / stride);
  const rowOf = (n: number): number => Math.floor(n * stride);
  const numeric = reading.type === 'number' ? column.profile.numeric : null;
  const { count, min, max } = numeric === null ? measure(taken, (n) => valueAt(rowOf(n))) : { ...numeric, count: 1 };
  if (count === 0) return null;
  const counts = new Uint32Array(BINS);
  const scale = max > min ? BINS / (max - min) : 0;
  for (let n = 0; n < taken; n++) {
    const value = valueAt(rowOf(n));
    if (!Number.isNaN(value)) counts[Math.min(BINS - 1, Math.floor((value - min) * scale))]!++;
  }
  return { kind: 'histogram', min, max, counts };
}

function frequencies(column: Column): Distribution | null {
  const categories = categoriesOf(column);
  if (categories === null || categories.names.length === 0) return null;
  const ranked = categories.names
    .map((value, index) => ({ value, count: categories.counts[index]! }))
    .sort((a, b) => b.count - a.count);
  const values = ranked.slice(0, MOST_VALUES);
  return { kind: 'categories', values, others: ranked.slice(MOST_VALUES).reduce((sum, { count }) => sum + count, 0) };
}
