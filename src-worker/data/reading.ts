import type { ColumnType, DateReading } from '../api';
import { booleanValues, type BooleanWords } from './boolean';
import { numberAt, type Column } from './column';
import { dayReader } from './date-reading';

/** How the cells of a column are understood: its type, with what was found out to read it so. */
export type Reading =
  | { readonly type: Extract<ColumnType, 'number' | 'category' | 'text'> }
  | { readonly type: 'boolean'; readonly words: BooleanWords }
  | { readonly type: 'date'; readonly dates: DateReading };

/** The number that each row holds: itself, 0 or 1, or days since 1970; NaN for a hole, and for categories and text. */
export function valueReader(column: Column, reading: Reading): (row: number) => number {
  switch (reading.type) {
    case 'number':
      return (row) => numberAt(column, row);
    case 'boolean': {
      const { codes } = column;
      const values = booleanValues(column, reading.words);
      return codes === null ? () => NaN : (row) => values[codes[row]!]!;
    }
    case 'date':
      return dayReader(column, reading.dates);
    case 'category':
    case 'text':
      return () => NaN;
  }
}

/** Whether each row has no value in a column that is understood in this way. */
export function holeReader(column: Column, reading: Reading): (row: number) => boolean {
  const { codes } = column;
  if (reading.type === 'category' && codes !== null) return (row) => codes[row] === 0;
  const valueAt = valueReader(column, reading);
  return (row) => Number.isNaN(valueAt(row));
}
