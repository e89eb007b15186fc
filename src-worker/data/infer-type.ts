import type { ColumnType } from '../api';
import type { Column } from './column';
import { NUMBER_SHARE } from './column-builder';

export interface Inferred<T> {
  readonly value: T;
  /** Why, as the end of a sentence about the column. */
  readonly reason: string;
}

/** Fewer different numbers than this do not make a column of texts with some numbers in it one of numbers. */
const LEAST_NUMBERS = 20;

/**
 * Number or category, by what the cells say: numbers if all of them are, or nearly all and many different ones, so that a few slips
 * of the keyboard do not turn a measurement into thousands of categories. True and false are categories.
 */
export function inferType(column: Column): Inferred<ColumnType> {
  const { present, notNumbers, distinct, distinctNumbers, integers } = column.profile;
  if (present === 0) return { value: 'category', reason: 'it has no values' };
  if (notNumbers === 0) {
    return { value: 'number', reason: integers ? 'all values are whole numbers' : 'all values are numbers' };
  }
  if (notNumbers <= (1 - NUMBER_SHARE) * present && distinctNumbers > LEAST_NUMBERS) {
    return { value: 'number', reason: `all but ${counted(notNumbers, 'value')} are numbers` };
  }
  return { value: 'category', reason: counted(distinct, 'different text') };
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
