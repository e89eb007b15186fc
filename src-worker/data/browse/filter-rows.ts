import { isHole, parseLoneNumber } from '../cell';
import { numberAt, type Column } from '../column';
import { DAY_MS, parseDate } from '../date';
import { valueReader, type Reading } from '../reading';

/** A column with how it is understood; null for one that is left out. */
export interface FilteredColumn {
  readonly column: Column;
  readonly reading: Reading | null;
}

type Compare = '<' | '<=' | '>' | '>=' | '=' | '!=' | ':';
type Test = (row: number) => boolean;

/** A column's name, a sign and a value, either in quotes where it has spaces; or one word, or words in quotes. */
const TERM = /(?:"([^"]+)"|([^\s"<>=!:]+))\s*(<=|>=|!=|<|>|=|:)\s*(?:"([^"]*)"|([^\s"]+))|"([^"]+)"|(\S+)/g;

/**
 * Reads what a person typed to find rows: every term must hold. `age>30`, `species=Adelie`, `sex=""` for a hole, `name:van` for what
 * a cell contains; a term without a sign, or before whose sign no column's name stands, is looked for in all cells.
 *
 * @returns whether a row of these columns is found; null where the filter says nothing
 */
export function rowFilter(filter: string, columns: readonly FilteredColumn[]): Test | null {
  const tests = [...filter.matchAll(TERM)].map(([all, quotedName, plainName, sign, quoted, plain, phrase, word]) => {
    const name = (quotedName ?? plainName ?? '').toLowerCase();
    const column =
      sign === undefined ? undefined : columns.find(({ column: { name: own } }) => own.toLowerCase() === name);
    if (column !== undefined) return comparison(column, sign as Compare, quoted ?? plain ?? '');
    return anywhere(columns, phrase ?? word ?? all);
  });
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}

/** Whether any cell of a row contains the text; a number among measurements is found as a whole. */
function anywhere(columns: readonly FilteredColumn[], text: string): Test {
  const tests = columns.map(({ column }) => contains(column, text)).filter((test) => test !== null);
  return (row) => tests.some((test) => test(row));
}

function contains(column: Column, text: string): Test | null {
  const { codes, numbers, texts } = column;
  const wanted = text.toLowerCase();
  if (codes !== null) {
    const holds = Uint8Array.from(texts, (own, code) => (code > 0 && own.toLowerCase().includes(wanted) ? 1 : 0));
    return holds.includes(1) ? (row) => holds[codes[row]!] === 1 : null;
  }
  const value = parseLoneNumber(text);
  return numbers === null || Number.isNaN(value) ? null : (row) => numbers.at(row) === value;
}

function comparison({ column, reading }: FilteredColumn, sign: Compare, text: string): Test {
  if (sign === ':') return contains(column, text) ?? (() => false);
  const { codes, texts } = column;
  if (isHole(text) || text === '') {
    const hole: Test = codes !== null ? (row) => codes[row] === 0 : (row) => Number.isNaN(numberAt(column, row));
    return sign === '!=' ? (row) => !hole(row) : sign === '=' ? hole : () => false;
  }
  const isDate = reading?.type === 'date';
  const value = isDate ? parseDate(text, reading.dates.order) / DAY_MS : parseLoneNumber(text);
  if (Number.isNaN(value) || (!isDate && column.profile.notNumbers > 0 && (sign === '=' || sign === '!='))) {
    if (codes === null) return () => false;
    const wanted = text.toLowerCase();
    const same = Uint8Array.from(texts, (own, code) => (code > 0 && own.toLowerCase() === wanted ? 1 : 0));
    if (sign === '=') return (row) => same[codes[row]!] === 1;
    return sign === '!=' ? (row) => same[codes[row]!] === 0 : () => false;
  }
  const valueAt = isDate ? valueReader(column, reading) : (row: number): number => numberAt(column, row);
  const compare = comparisons[sign];
  return (row) => compare(valueAt(row), value);
}

const comparisons: { readonly [S in Exclude<Compare, ':'>]: (value: number, bound: number) => boolean } = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
};
