import type { GridColumn } from './grid-types';

interface Place {
  /** −1 is the header. */
  readonly row: number;
  readonly column: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows of one page. */
  readonly page: number;
}

/**
 * Where a key leads from a cell; null for a key that leads nowhere. As in the grid pattern of the ARIA Authoring Practices: arrows, pages,
 * Home and End along the row, with Ctrl or ⌘ to the first and the last row.
 */
export function movedBy(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { row, column }: Place,
  { rows, columns, page }: Extent,
): Place | null {
  if (press.altKey) return null;
  const far = press.ctrlKey || press.metaKey;
  const moves: Readonly<Record<string, Place>> = {
    ArrowDown: { row: far ? rows - 1 : row + 1, column },
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowRight: { row, column: far ? columns - 1 : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: Math.max(0, row - page), column },
    Home: far ? { row: 0, column: 0 } : { row, column: 0 },
    End: far ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 },
  };
  const next = Object.hasOwn(moves, press.key) ? moves[press.key] : undefined;
  if (next === undefined) return null;
  return {
    row: Math.max(-1, Math.min(rows - 1, next.row)),
    column: Math.max(0, Math.min(columns - 1, next.column)),
  };
}

/** The columns of which a part lies between two pixels, with one more on each side. */
export function columnsBetween(
  columns: readonly GridColumn[],
  lefts: readonly number[],
  from: number,
  to: number,
): readonly { readonly column: GridColumn; readonly index: number; readonly left: number }[] {
  const behind = lefts.findIndex((left) => left > to);
  const end = behind === -1 ? columns.length : Math.min(columns.length, behind + 1);
  const before = lefts.findLastIndex((left) => left <= from);
  const start = Math.max(0, before - 1);
  return columns.slice(start, end).map((column, n) => ({ column, index: start + n, left: lefts[start + n]! }));
}
