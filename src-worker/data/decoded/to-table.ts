import { MAX_FLOAT32, parseLoneNumber } from '../cell';
import type { Column } from '../column';
import { ColumnBuilder, createTextBudget, type TextBudget } from '../column-builder';
import { profileOfNumbers, profileOfTexts } from '../column-profile';
import { GrowingCodes } from '../growing-array';
import { MAX_CATEGORIES, PREVIEW_CHARACTERS, PREVIEW_ROWS } from '../limits';
import { FloatList } from '../number-list';
import type { Table } from '../table';
import type { DecodedColumn, DecodedTable } from './decoded-table';

type Of<T extends DecodedColumn['type']> = Extract<DecodedColumn, { readonly type: T }>;
type Build<T extends DecodedColumn['type']> = (column: Of<T>, budget: TextBudget, rows: number) => Column;

/** A decoded table as every other: with codes and texts where they are few enough, and a profile. */
export function toTable(name: string, decoded: DecodedTable): Table {
  const budget = createTextBudget();
  const columns = decoded.columns.map((column) => build(column, budget, decoded.rows));
  const cells = decoded.columns.map(cellTexts);
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, decoded.rows) }, (_, row) =>
    cells.map((cellAt) => cellAt(row).slice(0, PREVIEW_CHARACTERS)),
  );
  return { name, rows: decoded.rows, columns, preview };
}

function build<T extends DecodedColumn['type']>(column: Of<T>, budget: TextBudget, rows: number): Column {
  // The table ties each type to its own columns, which indexing by a union cannot express.
  return (builders[column.type] as unknown as Build<T>)(column, budget, rows);
}

const builders: { readonly [T in DecodedColumn['type']]: Build<T> } = {
  number: ({ name, values }) => numbersColumn(name, values),
  date: ({ name, values }, budget) => ({
    ...built(name, (add) => values.forEach((ms) => add(isoText(ms))), budget),
    known: 'date',
  }),
  boolean: ({ name, values }, budget) => ({
    ...built(name, (add) => values.forEach((value) => add(BOOLEANS[value]!)), budget),
    known: 'boolean',
  }),
  text: ({ name, codes, texts }) => textsColumn(name, codes, texts),
  mixed: ({ name, codes, texts }, budget) =>
    built(name, (add) => codes.forEach((code) => add(code === 0 ? '' : texts[code - 1]!)), budget),
  'free-text': ({ name, holes, first }, _budget, rows) => freeTextColumn(name, holes, first, rows),
};

const BOOLEANS = ['', 'false', 'true'];

function built(name: string, fill: (add: (cell: string) => void) => void, budget: TextBudget): Column {
  const builder = new ColumnBuilder(',', budget);
  fill((cell) => builder.add(cell));
  return builder.finish(name);
}

/** Numbers keep their codes too while there are few different ones: a target of 0, 1 and 2 may be classes. */
function numbersColumn(name: string, values: Float64Array): Column {
  const { length } = values;
  const codeOf = new Map<number, number>();
  const codes = new GrowingCodes();
  const counts = [0];
  for (const value of values) {
    const code = Number.isNaN(value) ? 0 : (codeOf.get(value) ?? codeOf.size + 1);
    if (code > codeOf.size) {
      if (codeOf.size >= MAX_CATEGORIES) return manyNumbersColumn(name, values);
      codeOf.set(value, code);
      counts.push(0);
    }
    codes.push(code);
    counts[code]!++;
  }
  const texts = ['', ...[...codeOf.keys()].map(String)];
  const numbers = Float64Array.from([NaN, ...codeOf.keys()], inRange);
  let notNumbers = 0;
  const examples: string[] = [];
  numbers.forEach((value, code) => {
    if (code === 0 || !Number.isNaN(value)) return;
    notNumbers += counts[code]!;
    if (examples.length < 3) examples.push(texts[code]!);
  });
  const profile = profileOfTexts(numbers, counts, notNumbers, examples);
  return {
    name,
    length,
    codes: codes.toArray(),
    texts,
    counts,
    values: numbers,
    numbers: null,
    profile,
    known: 'number',
  };
}

function manyNumbersColumn(name: string, values: Float64Array): Column {
  const { length } = values;
  let holes = 0;
  let notNumbers = 0;
  const examples: string[] = [];
  const numbers = values.map((value) => {
    if (Number.isNaN(value)) holes++;
    else if (Number.isNaN(inRange(value))) {
      notNumbers++;
      if (examples.length < 3) examples.push(String(value));
    }
    return inRange(value);
  });
  const list = new FloatList(numbers);
  const profile = profileOfNumbers(list, { holes, notNumbers, examples, length });
  return {
    name,
    length,
    codes: null,
    texts: [''],
    counts: [0],
    values: new Float64Array(1),
    numbers: list,
    profile,
    known: 'number',
  };
}

/** What the file calls a text stays one: the number 007 is an identifier. */
function textsColumn(name: string, wide: Uint32Array, given: readonly string[]): Column {
  const codes = new GrowingCodes();
  const counts = new Array<number>(given.length + 1).fill(0);
  for (const code of wide) {
    codes.push(code);
    counts[code]!++;
  }
  const texts = ['', ...given];
  const { length } = wide;
  const none = new Float64Array(texts.length).fill(NaN);
  const examples = given.slice(0, 3).map((text) => text.slice(0, 40));
  const profile = profileOfTexts(none, counts, length - counts[0]!, examples);
  // For a person who decides that they are numbers after all, as where a spreadsheet kept numbers as text.
  const values = Float64Array.from(texts, (text, code) => (code === 0 ? NaN : parseLoneNumber(text.trim())));
  return { name, length, codes: codes.toArray(), texts, counts, values, numbers: null, profile, known: 'text' };
}

function freeTextColumn(name: string, holes: number, first: readonly string[], length: number): Column {
  const examples = first
    .filter((text) => text !== '')
    .slice(0, 3)
    .map((text) => text.slice(0, 40));
  const profile = profileOfNumbers(null, { holes, notNumbers: length - holes, examples, length });
  return {
    name,
    length,
    codes: null,
    texts: [''],
    counts: [0],
    values: new Float64Array(1),
    numbers: null,
    profile,
    known: 'text',
  };
}

/** The text of a row for the preview. */
function cellTexts(column: DecodedColumn): (row: number) => string {
  if (column.type === 'free-text') return (row) => column.first[row] ?? '';
  if (column.type === 'boolean') return (row) => BOOLEANS[column.values[row]!]!;
  if (column.type === 'date') return (row) => isoText(column.values[row]!);
  if (column.type === 'number') {
    return (row) => (Number.isNaN(column.values[row]) ? '' : String(column.values[row]));
  }
  return (row) => (column.codes[row] === 0 ? '' : column.texts[column.codes[row]! - 1]!);
}

/** ISO 8601: the day alone at midnight UTC, otherwise with the time; empty for a hole and for what no calendar holds. */
function isoText(ms: number): string {
  if (!(Math.abs(ms) <= MAX_DATE_MS)) return '';
  const text = new Date(ms).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -'T00:00:00.000Z'.length) : text.replace('.000Z', 'Z');
}

/** As far as a Date reaches. */
const MAX_DATE_MS = 8.64e15;

function inRange(value: number): number {
  return Math.abs(value) <= MAX_FLOAT32 ? value : NaN;
}
