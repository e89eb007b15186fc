import { MAX_CELLS } from '../../../../src-worker/data/limits';

/** What a cell holds; the order is that of {@link CELL_KINDS}. */
export type CellKind = 'blank' | 'number' | 'text' | 'boolean' | 'error' | 'date' | 'time';

export const CELL_KINDS: readonly CellKind[] = ['blank', 'number', 'text', 'boolean', 'error', 'date', 'time'];

const codeOf = new Map(CELL_KINDS.map((kind, code) => [kind, code]));

interface GridColumn {
  kinds: Uint8Array;
  values: Float64Array;
  length: number;
}

/** The sheets of Excel and its relatives end here. Source: the specifications of Excel. */
export const MAX_SHEET_ROWS = 1_048_576;
export const MAX_SHEET_COLUMNS = 16_384;

/** The cells of a sheet, column by column: a kind, and a number, an index into the texts, a truth or a time. Rows count from 0. */
export class Grid {
  rows = 0;
  private readonly columns: (GridColumn | undefined)[] = [];
  private allocated = 0;

  get width(): number {
    return this.columns.length;
  }

  set(row: number, index: number, kind: CellKind, value: number): void {
    const column = (this.columns[index] ??= { kinds: new Uint8Array(0), values: new Float64Array(0), length: 0 });
    if (row >= column.kinds.length) this.grow(column, row + 1);
    column.kinds[row] = codeOf.get(kind)!;
    column.values[row] = value;
    if (row >= column.length) column.length = row + 1;
    if (row >= this.rows) this.rows = row + 1;
  }

  kindAt(row: number, index: number): CellKind {
    return CELL_KINDS[this.columns[index]?.kinds[row] ?? 0]!;
  }

  valueAt(row: number, index: number): number {
    return this.columns[index]?.values[row] ?? NaN;
  }

  /** Cells far apart need room for all between them: that is bounded, as a few bytes of XML can name the last cell of a sheet. */
  private grow(column: GridColumn, needed: number): void {
    const room = Math.min(MAX_SHEET_ROWS, Math.max(64, needed, 2 * column.kinds.length));
    this.allocated += room - column.kinds.length;
    if (this.allocated > MAX_CELLS) throw new Error('its sheet spans more cells than the app takes');
    const kinds = new Uint8Array(room);
    const values = new Float64Array(room);
    kinds.set(column.kinds);
    values.set(column.values);
    column.kinds = kinds;
    column.values = values;
  }
}
