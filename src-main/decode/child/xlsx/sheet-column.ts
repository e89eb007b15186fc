import { isHole, parseNumber } from '../../../../src-worker/data/cell';
import { NUMBER_SHARE } from '../../../../src-worker/data/column-builder';
import type { DecodedColumn } from '../../../../src-worker/data/decoded/decoded-table';
import { TextCollector, type TextAllowance } from '../text-collector';
import type { CellKind, Grid } from './grid';
import type { Texts } from './texts';

/** A column of a sheet as a column of a table, and what had to be said about it. */
export interface SheetColumn {
  readonly column: DecodedColumn;
  /** Cells with an error, and the row of the first. */
  readonly errors: number;
  readonly firstError: number | null;
  /** Texts that became holes, because the column holds too many different numbers to keep its texts. */
  readonly dropped: number;
  /** Whether all of its values are numbers that are stored as text, as spreadsheet programs mark with a green corner. */
  readonly numbersAsText: boolean;
}

/** The type of a column that holds cells of one kind alone. A time is a number of seconds. */
const PURE: { readonly [K in CellKind]?: 'number' | 'date' | 'boolean' | 'text' } = {
  number: 'number',
  time: 'number',
  date: 'date',
  boolean: 'boolean',
  text: 'text',
};

/** Reads the cells of one column in the given rows. What people write for "no value" is a hole, as in every table. */
export function readSheetColumn(
  name: string,
  index: number,
  rows: Int32Array,
  grid: Grid,
  texts: Texts,
  allowance: TextAllowance,
): SheetColumn {
  const textAt = (row: number): string => texts.at(grid.valueAt(row, index)).trim();
  const kindAt = (row: number): CellKind => {
    const kind = grid.kindAt(row, index);
    return kind === 'text' && isHole(textAt(row)) ? 'blank' : kind;
  };
  const counts = new Map<CellKind, number>();
  let firstError: number | null = null;
  for (const row of rows) {
    const kind = kindAt(row);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (kind === 'error') firstError ??= row;
  }
  const errors = counts.get('error') ?? 0;
  counts.delete('error');
  counts.delete('blank');
  const kinds = [...counts.keys()];
  const types = new Set(kinds.map((kind) => PURE[kind]));
  const [type = 'number'] = types;
  const said = { errors, firstError, dropped: 0, numbersAsText: false };
  const numberAt = (row: number): number => {
    const kind = kindAt(row);
    return kind === 'blank' || kind === 'error' || kind === 'text' ? NaN : grid.valueAt(row, index);
  };
  const numbers = (): Float64Array => Float64Array.from(rows, numberAt);
  if (types.size <= 1) {
    if (type === 'number') return { ...said, column: { name, type, values: numbers() } };
    if (type === 'date') return { ...said, column: { name, type, values: numbers() } };
    if (type === 'boolean') {
      return {
        ...said,
        column: {
          name,
          type,
          values: Uint8Array.from(rows, (row) => (Number.isNaN(numberAt(row)) ? 0 : 1 + numberAt(row))),
        },
      };
    }
  }
  const collector = new TextCollector(allowance);
  for (const row of rows) collector.add(shownText(kindAt(row), numberAt(row), () => textAt(row)));
  const column = collector.finish(name, types.size > 1 ? 'mixed' : 'text');
  if (column.type === 'text')
    return { ...said, column, numbersAsText: column.texts.length > 0 && column.texts.every(isPlainNumber) };
  const present = kinds.reduce((sum, kind) => sum + counts.get(kind)!, 0);
  const measured = (counts.get('number') ?? 0) + (counts.get('time') ?? 0);
  if (column.type !== 'free-text' || measured < NUMBER_SHARE * present) return { ...said, column };
  return { ...said, column: { name, type: 'number', values: numbers() }, dropped: present - measured };
}

/** A cell among cells of other kinds, as a CSV file would have it; null for a hole. */
function shownText(kind: CellKind, value: number, text: () => string): string | null {
  if (kind === 'text') return text();
  if (kind === 'boolean') return value === 1 ? 'true' : 'false';
  if (kind === 'date') return new Date(value).toISOString().replace(/T00:00:00\.000Z$/, '');
  return kind === 'number' || kind === 'time' ? String(value) : null;
}

/** 12 and 1.5, but not 007, which is a name. */
function isPlainNumber(text: string): boolean {
  return !/^[+-]?0\d/.test(text) && !Number.isNaN(parseNumber(text, 'point'));
}
