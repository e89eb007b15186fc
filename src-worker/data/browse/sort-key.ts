import { numberAt } from '../column';
import { valueReader } from '../reading';
import type { FilteredColumn } from './filter-rows';

/**
 * The number by which a column's rows are sorted: the value of numbers, dates and booleans, the rank of a text among the texts of all its
 * tables; NaN for a hole.
 *
 * @param columns the same column in each of the files
 * @returns for each file a function from row to key
 */
export function sortKeys(columns: readonly (FilteredColumn | null)[]): readonly ((row: number) => number)[] {
  const given = columns.filter((column) => column !== null);
  const numeric = given.every(({ column }) => column.profile.notNumbers === 0);
  if (numeric || given.every(({ reading }) => reading !== null && isValue(reading.type))) {
    return columns.map((filtered) => {
      if (filtered === null) return () => NaN;
      const { column, reading } = filtered;
      return reading !== null && isValue(reading.type) ? valueReader(column, reading) : (row) => numberAt(column, row);
    });
  }
  const texts = [...new Set(given.flatMap(({ column }) => column.texts.slice(1)))];
  const rank = new Map(texts.sort(inOrder.compare).map((text, index) => [text, index]));
  return columns.map((filtered) => {
    const codes = filtered?.column.codes ?? null;
    if (filtered === null || codes === null) return () => NaN;
    const ranks = Float64Array.from(filtered.column.texts, (text, code) => (code === 0 ? NaN : rank.get(text)!));
    return (row) => ranks[codes[row]!]!;
  });
}

function isValue(type: string): boolean {
  return type === 'number' || type === 'date' || type === 'boolean';
}

/** For the eye: `a10` behind `a9`, whatever the case. Nothing that is computed depends on it. */
const inOrder = new Intl.Collator('en', { numeric: true });
