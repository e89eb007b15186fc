import { ProblemError, type Problem } from '../problem';
import { numberAt, type Column } from './column';
import { NUMBER_SHARE } from './column-builder';
import { profileOfNumbers, profileOfTexts } from './column-profile';
import { GrowingCodes } from './growing-array';
import { MAX_CATEGORIES, MAX_TEXT_CHARACTERS, MAX_TEXTS, PREVIEW_ROWS } from './limits';
import { joinNumbers, type NumberList } from './number-list';
import { NumberListBuilder } from './number-list-builder';
import type { Table } from './table';

/**
 * The rows of `second` below those of `first`. The columns may stand in another order, but must have the same names.
 *
 * @param name of the whole
 * @throws ProblemError that names the columns which one of them lacks
 */
export function appendTables(first: Table, second: Table, name: string, path: string): Table {
  const indexOf = new Map(second.columns.map((column, index) => [column.name, index]));
  const missing = first.columns.filter((column) => !indexOf.has(column.name)).map((column) => column.name);
  const known = new Set(first.columns.map((column) => column.name));
  const added = second.columns.filter((column) => !known.has(column.name)).map((column) => column.name);
  if (missing.length + added.length > 0) throw new ProblemError(differ(first, second, missing, added, path));
  const order = first.columns.map((column) => indexOf.get(column.name)!);
  const budget = { texts: MAX_TEXTS, characters: MAX_TEXT_CHARACTERS };
  return {
    name,
    rows: first.rows + second.rows,
    columns: first.columns.map((column, index) => append(column, second.columns[order[index]!]!, budget)),
    preview: [...first.preview, ...second.preview.map((row) => order.map((index) => row[index]!))].slice(
      0,
      PREVIEW_ROWS,
    ),
  };
}

interface Budget {
  texts: number;
  characters: number;
}

function append(first: Column, second: Column, budget: Budget): Column {
  const joined = appendTexts(first, second, budget) ?? appendNumbers(first, second);
  return first.known === undefined || first.known !== second.known ? joined : { ...joined, known: first.known };
}

/** Null where one of them has not kept its texts, or together they would be too many. */
function appendTexts(first: Column, second: Column, budget: Budget): Column | null {
  if (first.codes === null || second.codes === null) return null;
  const texts: string[] = [''];
  const values: number[] = [NaN];
  const counts: number[] = [0];
  const codeOf = new Map<string, number>();
  /** The new code of each code of a column. A text is the same only where it is also the same number: 1,234 may be two. */
  const admit = (column: Column): Uint32Array =>
    Uint32Array.from(column.texts, (text, code) => {
      if (code === 0) {
        counts[0]! += column.counts[0]!;
        return 0;
      }
      const key = `${text}\0${column.values[code]}`;
      const known = codeOf.get(key) ?? texts.push(text) - 1;
      if (known === counts.length) {
        codeOf.set(key, known);
        values.push(column.values[code]!);
        counts.push(0);
        budget.texts--;
        budget.characters -= text.length;
      }
      counts[known]! += column.counts[code]!;
      return known;
    });
  const [firstCodes, secondCodes] = [admit(first), admit(second)];
  if (texts.length > MAX_CATEGORIES || budget.texts < 0 || budget.characters < 0) return null;
  const codes = new GrowingCodes();
  for (const code of first.codes) codes.push(firstCodes[code]!);
  for (const code of second.codes) codes.push(secondCodes[code]!);
  const numbers = Float64Array.from(values);
  const seen = together(first, second);
  return {
    name: first.name,
    length: codes.length,
    codes: codes.toArray(),
    texts,
    counts,
    values: numbers,
    numbers: null,
    profile: profileOfTexts(numbers, counts, seen.notNumbers, seen.examples),
  };
}

function appendNumbers(first: Column, second: Column): Column {
  const length = first.length + second.length;
  const seen = { ...together(first, second), length };
  const mostlyNumbers = seen.notNumbers <= (1 - NUMBER_SHARE) * (length - seen.holes);
  const numbers = mostlyNumbers ? joinNumbers(numbersOf(first), numbersOf(second)) : null;
  const profile = profileOfNumbers(numbers, seen);
  return {
    name: first.name,
    length,
    codes: null,
    texts: [''],
    counts: [0],
    values: new Float64Array(1),
    numbers,
    profile,
  };
}

function numbersOf(column: Column): NumberList {
  if (column.numbers !== null) return column.numbers;
  const list = new NumberListBuilder();
  for (let row = 0; row < column.length; row++) list.pushNumber(numberAt(column, row));
  return list.finish();
}

function together({ profile: first }: Column, { profile: second }: Column) {
  return {
    holes: first.holes + second.holes,
    notNumbers: first.notNumbers + second.notNumbers,
    examples: [...first.examples, ...second.examples].slice(0, 3),
  };
}

function differ(
  first: Table,
  second: Table,
  missing: readonly string[],
  added: readonly string[],
  path: string,
): Problem {
  const list = (names: readonly string[]): string =>
    names
      .slice(0, 5)
      .map((name) => JSON.stringify(name))
      .join(', ') + (names.length > 5 ? ', …' : '');
  // What one has too much, the other has too little: said from the side of the later file.
  const lacks = missing.length > 0 ? [`lacks ${list(missing)}`] : [];
  const has = added.length > 0 ? [`has ${list(added)} in addition`] : [];
  return {
    code: 'data/columns-differ',
    message: `${second.name} ${[...lacks, ...has].join(' and ')}, compared with ${first.name}, so their rows cannot be joined.`,
    hint:
      first.rows === second.rows && missing.length === first.columns.length
        ? 'Both have as many rows. If row belongs to row, as of inputs and targets, put their columns side by side into one file: rows of separate files are never paired.'
        : 'Give files with the same columns, or one of them alone.',
    file: second.name,
    path,
  };
}
