import type { DateCycle, FeatureTransform } from '../../api';
import type { FloatArray } from '../../tensor';
import { parseLoneNumber } from '../cell';
import { daysOfNumber, daysOfText } from '../date-reading';
import { fillFor } from '../fill';
import { isEmptyCell } from '../raw-cell';
import { valueReader, type Reading } from '../reading';
import { fitScaling, measureValues, unscaled } from '../scaling';
import type { FeatureKind } from './feature';

type DateTransform = Extract<FeatureTransform, { type: 'date' }>;
type DateColumn = Extract<Reading, { type: 'date' }>;

/** Periods in days. A year has 365.2425 in the Gregorian calendar's mean. */
export const PERIODS: Readonly<Record<DateCycle, number>> = { day: 1, week: 7, year: 365.2425 };

const names: Readonly<Record<DateCycle, string>> = {
  day: 'time of day',
  week: 'day of the week',
  year: 'time of year',
};

/** A cycle that the training rows do not go through at least this often, in days, cannot be told from the passing of time. */
const LEAST_SPAN: Readonly<Record<DateCycle, number>> = { day: 2, week: 21, year: 548 };

/**
 * Days since 1970 as a number, and for each cycle that the training part goes through, sin and cos of 2πt / period: so that
 * December lies beside January, and Sunday beside Monday.
 */
export const date: FeatureKind<DateTransform> = {
  fit(column, reading, train, { missing, scaling }) {
    const { dates } = reading as DateColumn; // resolve-columns.ts reads a column as its type
    const read = valueReader(column, reading);
    const days = Float64Array.from(train, read);
    const statistics = measureValues(days);
    const fill = fillFor(missing, () => days, statistics);
    const cycles = cyclesOf(days, statistics.max - statistics.min);
    return { column: column.name, type: 'date', dates, ...fitScaling(scaling, statistics), fill, cycles };
  },
  inputs: ({ column, cycles }) => [
    column,
    ...cycles.flatMap((cycle) => [`${column}, ${names[cycle]} (sin)`, `${column}, ${names[cycle]} (cos)`]),
  ],
  fromColumn: ({ dates }, column) => valueReader(column, { type: 'date', dates }),
  fromCell:
    ({ dates }) =>
    (cell) => {
      if (isEmptyCell(cell)) return NaN;
      const days =
        typeof cell === 'number'
          ? daysOfNumber(cell, dates.numbers)
          : daysOfText(String(cell).trim(), parseLoneNumber(String(cell).trim()), dates);
      return Number.isFinite(days) ? days : null;
    },
  write:
    ({ offset, scale, fill, cycles }) =>
    (value, x, at) => {
      const days = Number.isNaN(value) ? fill : value;
      x[at] = (days - offset) * scale;
      cycles.forEach((cycle, index) => writeCycle(days, PERIODS[cycle], x, at + 1 + 2 * index));
    },
  read:
    ({ offset, scale }) =>
    (x, at) =>
      unscaled(x[at]!, offset, scale),
  expected: () => 'a date',
  numbers: ({ offset, scale, fill }) => [offset, scale, fill],
};

function writeCycle(days: number, period: number, x: FloatArray, at: number): void {
  const angle = 2 * Math.PI * ((days % period) / period);
  x[at] = Math.sin(angle);
  x[at + 1] = Math.cos(angle);
}

/** Daily rows go through the week; a week seen on one weekday only does not, nor a day seen at one hour. */
function cyclesOf(days: Float64Array, span: number): readonly DateCycle[] {
  const present = days.filter((day) => !Number.isNaN(day));
  const hours = new Set<number>();
  const weekdays = new Set<number>();
  for (const day of present) {
    if (hours.size < 2) hours.add(day - Math.floor(day));
    weekdays.add(((Math.floor(day) % 7) + 7) % 7);
  }
  const varies = { day: hours.size > 1, week: weekdays.size > 1, year: true };
  return (['day', 'week', 'year'] as const).filter((cycle) => varies[cycle] && span >= LEAST_SPAN[cycle]);
}
