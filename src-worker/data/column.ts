import type { NumberList } from './number-list';

/**
 * One column of a table as it was read: typed arrays for the rows, and as long as they are few enough the different texts, so that
 * it can be taken for numbers or for categories later. Immutable.
 */
export interface Column {
  readonly name: string;
  readonly length: number;
  /** Per row the index of its text in `texts`; null where the texts were too many to keep. 0 is the hole. */
  readonly codes: Uint8Array | Uint16Array | Uint32Array | null;
  /** The different texts, trimmed, in the order of their first row; `texts[0]` stands for the hole. */
  readonly texts: readonly string[];
  /** Rows of each text. */
  readonly counts: readonly number[];
  /** The number that each text holds, NaN where it holds none. */
  readonly values: Float64Array;
  /** Per row its number, for columns of numbers without `codes`; null otherwise. */
  readonly numbers: NumberList | null;
  readonly profile: ColumnProfile;
  /** What the file itself says that its cells are, dates as milliseconds since 1970; absent where it holds nothing but text, as CSV does. */
  readonly known?: 'number' | 'text' | 'boolean' | 'date';
}

/** What can be said of a column without knowing its role. */
export interface ColumnProfile {
  readonly holes: number;
  /** Rows with a value, and those among them whose value is no number. */
  readonly present: number;
  readonly notNumbers: number;
  /** Some texts that are no numbers, for messages. */
  readonly examples: readonly string[];
  /** Different values; a lower bound where there were too many to count. */
  readonly distinct: number;
  /** Different numbers; a lower bound likewise. */
  readonly distinctNumbers: number;
  /** Whether every number is an integer. */
  readonly integers: boolean;
  /** Of the numbers; null where there are none. The deviation is of the population, divided by the count. */
  readonly numeric: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly deviation: number;
  } | null;
}

/** The number of a row; NaN for a hole and for a text that is no number. */
export function numberAt(column: Column, row: number): number {
  if (column.codes !== null) return column.values[column.codes[row]!]!;
  return column.numbers === null ? NaN : column.numbers.at(row);
}

/**
 * The numbers of some rows; NaN as {@link numberAt} gives it.
 * @param found as long as `rows`, overwritten and returned; fresh where it is left out
 */
export function numbersAt(
  { codes, values, numbers }: Column,
  rows: Uint32Array,
  found: Float64Array = new Float64Array(rows.length),
): Float64Array {
  const { length } = rows;
  if (codes !== null) {
    for (let n = 0; n < length; n++) found[n] = values[codes[rows[n]!]!]!;
  } else if (numbers !== null) {
    for (let n = 0; n < length; n++) found[n] = numbers.at(rows[n]!);
  } else {
    found.fill(NaN);
  }
  return found;
}

/** The categories of a column and which one each row has. */
export interface Categories {
  /** By number where all are numbers, otherwise by code unit. */
  readonly names: readonly string[];
  readonly counts: readonly number[];
  /** Index into `names`; −1 for a hole. */
  at(row: number): number;
}

/** Takes a column for categories; null where it has too many different values to have kept them. */
export function categoriesOf(column: Column): Categories | null {
  const { codes } = column;
  if (codes === null) return null;
  const allNumbers = column.profile.notNumbers === 0;
  const totals = new Map<string, number>();
  column.texts.forEach((text, code) => {
    if (code === 0) return;
    const name = allNumbers ? String(column.values[code]) : text;
    totals.set(name, (totals.get(name) ?? 0) + column.counts[code]!);
  });
  const names = [...totals.keys()].sort(allNumbers ? (a, b) => Number(a) - Number(b) : byCodeUnit);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const indexOfCode = Int32Array.from(column.texts, (text, code) =>
    code === 0 ? -1 : indexOf.get(allNumbers ? String(column.values[code]) : text)!,
  );
  return {
    names,
    counts: names.map((name) => totals.get(name)!),
    at: (row) => indexOfCode[codes[row]!]!,
  };
}

/** The same order on every machine, whatever its language. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
