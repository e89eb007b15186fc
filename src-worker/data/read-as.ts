import type { ColumnSpec, ColumnType } from '../api';
import { ProblemError, type Problem } from '../problem';
import { takeBooleanWords } from './boolean';
import type { Column } from './column';
import { pathOf } from './column-decisions';
import { findDates, unitOf } from './date-reading';
import { counted } from './infer-type';
import { MAX_CATEGORIES } from './limits';
import type { Reading } from './reading';

/**
 * How the cells of a column are read as a type.
 *
 * @throws ProblemError where they cannot be; names the column, what stands in it and what to choose instead
 */
export function readAs(column: Column, type: ColumnType, decision: ColumnSpec, file: string): Reading {
  switch (type) {
    case 'number':
      if (column.profile.distinctNumbers === 0) throw new ProblemError(textAsNumber(column, file));
      return { type };
    case 'category':
      if (column.codes === null) throw new ProblemError(tooManyCategories(column, file));
      return { type };
    case 'boolean': {
      const words = takeBooleanWords(column);
      if (words === null) throw new ProblemError(noBoolean(column, file));
      return { type, words };
    }
    case 'date':
      return readAsDates(column, decision, file);
    case 'text':
      return { type };
  }
}

function readAsDates(column: Column, { dateOrder }: ColumnSpec, file: string): Reading {
  const found = findDates(column);
  const { distinctNumbers, notNumbers, present } = column.profile;
  // Numbers count as dates only where nothing else in the column does.
  if (found === null && (distinctNumbers === 0 || notNumbers > 0.5 * present))
    throw new ProblemError(noDates(column, file));
  if (found !== null && !found.certain && dateOrder === undefined) throw new ProblemError(whichOrder(column, file));
  return { type: 'date', dates: { order: dateOrder ?? found?.order ?? 'day-first', numbers: unitOf(column) } };
}

function textAsNumber({ name, profile }: Column, file: string): Problem {
  return {
    code: 'data/text-as-number',
    message: `${name} holds no numbers: it is text, such as “${profile.examples[0] ?? ''}”.`,
    hint: 'Take it as a category, or leave it out.',
    file,
    path: `${pathOf(name)}.type`,
  };
}

function tooManyCategories({ name, profile: { distinct } }: Column, file: string): Problem {
  return {
    code: 'data/too-many-categories',
    message: `${name} has ${distinct >= MAX_CATEGORIES ? 'more than 100,000' : 'too many'} different values to be a category.`,
    hint: 'Take it as a number, or leave it out.',
    file,
    path: pathOf(name),
  };
}

function noBoolean({ name, profile, texts, codes }: Column, file: string): Problem {
  const shown = codes === null ? profile.examples : texts.slice(1, 4);
  return {
    code: 'data/no-boolean',
    message: `${name} cannot be yes or no: it has ${counted(profile.distinct, 'different value')}, such as ${shown.map((text) => `“${text}”`).join(', ')}.`,
    hint: 'A boolean has two values; take it as a category instead.',
    file,
    path: `${pathOf(name)}.type`,
  };
}

function noDates({ name, profile, texts }: Column, file: string): Problem {
  return {
    code: 'data/no-dates',
    message: `${name} holds no dates: its values are such as “${profile.examples[0] ?? texts[1] ?? ''}”.`,
    hint: 'Dates are read as 2024-03-05, 5.3.2024, 3/5/2024 or 5 Mar 2024, with or without a time; take it as something else, or leave it out.',
    file,
    path: `${pathOf(name)}.type`,
  };
}

function whichOrder({ name, texts }: Column, file: string): Problem {
  return {
    code: 'data/date-order',
    message: `The dates of ${name}, such as “${texts[1] ?? ''}”, could begin with the day or with the month.`,
    hint: 'Choose the date order of this column: day first or month first.',
    file,
    path: `${pathOf(name)}.dateOrder`,
  };
}
