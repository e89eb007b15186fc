import type { DateReading } from '../api';
import type { DateOrder } from '../experiment/document';
import { numberAt, type Column } from './column';
import { DAY_MS, needsOrder, parseDate } from './date';

/** How a column's texts are dates: with which order, how many are not, and whether the order is a guess between two that fit. */
export interface DateFinding {
  readonly order: DateOrder;
  /** The dates say themselves which figure is the day: no order is needed, or only one of them fits. */
  readonly certain: boolean;
  /** Some date is written so that an order is needed. */
  readonly figures: boolean;
  /** Rows whose text is no date in this order. */
  readonly notDates: number;
}

/** Reads the column's texts in the order in which most are dates; null where none is one in either order, or the texts are gone. */
export function findDates(column: Column): DateFinding | null {
  if (column.codes === null) return null;
  const { texts, counts } = column;
  const wrong = { 'day-first': 0, 'month-first': 0 };
  let dates = 0;
  let figures = false;
  for (let code = 1; code < texts.length; code++) {
    const dayFirst = Number.isNaN(parseDate(texts[code]!, 'day-first'));
    const monthFirst = Number.isNaN(parseDate(texts[code]!, 'month-first'));
    if (dayFirst) wrong['day-first'] += counts[code]!;
    if (monthFirst) wrong['month-first'] += counts[code]!;
    if (!dayFirst || !monthFirst) {
      dates++;
      figures ||= needsOrder(texts[code]!);
    }
    // A column of other texts is given up early, however long it is.
    if (code === 50 && dates === 0) return null;
  }
  if (dates === 0) return null;
  const certain = !figures || wrong['day-first'] !== wrong['month-first'];
  const order = wrong['month-first'] < wrong['day-first'] ? 'month-first' : 'day-first';
  return { order, certain, figures, notDates: wrong[order] };
}

/** What numbers mean where they are to be dates: figures such as 20240305, else seconds or milliseconds since 1970. */
export function unitOf(column: Column): DateReading['numbers'] {
  if (column.known === 'date') return 'milliseconds';
  const { numeric, integers } = column.profile;
  if (numeric === null) return 'milliseconds';
  if (integers && numeric.min >= 1000_01_01 && numeric.max <= 2999_12_31) return 'figures';
  return Math.max(Math.abs(numeric.min), Math.abs(numeric.max)) > 1e11 ? 'milliseconds' : 'seconds';
}

/** Days since 1970-01-01 UTC, with the time of day as their fraction; NaN where the number is no date. */
export function daysOfNumber(value: number, unit: DateReading['numbers']): number {
  switch (unit) {
    case 'milliseconds':
      return value / DAY_MS;
    case 'seconds':
      return (value * 1000) / DAY_MS;
    case 'figures': {
      const text = String(value).padStart(8, '0');
      return parseDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, 'day-first') / DAY_MS;
    }
  }
}

/** Days of a text, or of a number; NaN where it is neither. */
export function daysOfText(text: string, value: number, { order, numbers }: DateReading): number {
  const ms = parseDate(text, order);
  if (!Number.isNaN(ms)) return ms / DAY_MS;
  return Number.isNaN(value) ? NaN : daysOfNumber(value, numbers);
}

/** Days of every row; NaN for holes and for what is no date. */
export function dayReader(column: Column, reading: DateReading): (row: number) => number {
  const { codes } = column;
  if (codes === null) return (row) => daysOfNumber(numberAt(column, row), reading.numbers);
  const days = Float64Array.from(column.texts, (text, code) =>
    code === 0 ? NaN : daysOfText(text, column.values[code]!, reading),
  );
  return (row) => days[codes[row]!]!;
}
