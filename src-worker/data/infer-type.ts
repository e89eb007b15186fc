import type { ColumnType } from '../api';
import { findBooleanWords } from './boolean';
import type { Column } from './column';
import { NUMBER_SHARE } from './column-builder';
import { findDates, type DateFinding } from './date-reading';

export interface Inferred<T> {
  readonly value: T;
  /** Why, as the end of a sentence about the column. */
  readonly reason: string;
}

/** Fewer different numbers than this do not make a column of texts with some numbers in it one of numbers. */
const LEAST_NUMBERS = 20;

const inferred = new WeakMap<Column, Inferred<ColumnType>>();

/** What the cells of a column are, by what they say. Columns never change, so each is looked at once. */
export function inferType(column: Column): Inferred<ColumnType> {
  const known = inferred.get(column);
  if (known !== undefined) return known;
  const type = look(column);
  inferred.set(column, type);
  return type;
}

/**
 * Two words for yes and no are booleans. Numbers if all cells are, or nearly all and many different ones, so that a few slips of the keyboard
 * do not turn a measurement into thousands of categories. Dates likewise, if it is certain which figure is the day. Other texts are
 * categories where they repeat. Where the file says that a column is text, it is never one of numbers: 007 is a name there.
 */
function look(column: Column): Inferred<ColumnType> {
  const { present, notNumbers, distinct, distinctNumbers, integers } = column.profile;
  if (present === 0) return { value: 'category', reason: 'it has no values' };
  const { known } = column;
  if (known !== undefined && known !== 'text') return { value: known, reason: 'the file says so' };
  const words = findBooleanWords(column);
  if (words !== null) return { value: 'boolean', reason: `all values are ${words.no} or ${words.yes}` };
  if (known !== 'text' && notNumbers === 0) {
    return { value: 'number', reason: integers ? 'all values are whole numbers' : 'all values are numbers' };
  }
  if (known !== 'text' && notNumbers <= (1 - NUMBER_SHARE) * present && distinctNumbers > LEAST_NUMBERS) {
    return { value: 'number', reason: `all but ${counted(notNumbers, 'value')} are numbers` };
  }
  const dates = findDates(column);
  if (dates?.certain === true && dates.notDates <= (1 - NUMBER_SHARE) * present) {
    return { value: 'date', reason: describeDates(dates) };
  }
  const unsure = dates !== null && dates.notDates === 0 ? '; as dates, day and month could not be told apart' : '';
  if (isFreeText(column)) {
    return {
      value: 'text',
      reason: `${counted(distinct, 'different text')} in ${counted(present, 'row')} are names, not categories${unsure}`,
    };
  }
  return { value: 'category', reason: `${counted(distinct, 'different text')}${unsure}` };
}

function describeDates({ order, figures, notDates }: DateFinding): string {
  const which = figures ? `, ${order === 'day-first' ? 'the day' : 'the month'} first` : '';
  return notDates === 0 ? `all values are dates${which}` : `all but ${counted(notDates, 'value')} are dates${which}`;
}

/** Texts that tell the rows apart rather than group them: names, addresses, free text. */
export function isFreeText(column: Column): boolean {
  const { present, distinct } = column.profile;
  return column.codes === null || (distinct > 10 && distinct > 0.5 * present);
}

/** Whole numbers so few and so often repeated that, to predict them, they are classes: 0 and 1, digits, grades. */
export function isClassLike(column: Column): boolean {
  const { present, notNumbers, distinct, integers } = column.profile;
  if (notNumbers > 0 || !integers || column.codes === null) return false;
  return distinct === 2 || (distinct <= 20 && present >= 5 * distinct);
}

/** `1 row`, `2,000 rows`. */
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
