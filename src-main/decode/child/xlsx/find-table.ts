import type { Sheet } from './sheet';
import type { Texts } from './texts';

/** Where the table of a sheet lies. Rows and columns count from 0. */
export interface TableRegion {
  /** Null where the first row holds values already. */
  readonly header: number | null;
  /** The rows with values, in their order; blank ones between them are left out. */
  readonly rows: Int32Array;
  readonly columns: readonly number[];
  /** Rows above it that are not blank: titles, dates of print. */
  readonly titleRows: number;
  /** Rows below it, after a blank one, with a single cell each: notes, sources. */
  readonly noteRows: number;
}

/** How many rows tell how many cells a row of the table has. */
const SAMPLE_ROWS = 100;
/** A note is told from a row only where rows have at least this many cells. */
const LEAST_WIDTH_FOR_NOTES = 3;

/**
 * Finds the table: it begins with the first row that has at least half as many cells as the rows of the sheet usually have. That
 * row is the header where all of its cells are texts, or one is a text above values that are none.
 *
 * @returns null where the sheet has no row of values
 */
export function findTable(sheet: Sheet, texts: Texts): TableRegion | null {
  const { grid } = sheet;
  const isBlank = (row: number, column: number): boolean => {
    const kind = grid.kindAt(row, column);
    return kind === 'blank' || (kind === 'text' && texts.at(grid.valueAt(row, column)).trim() === '');
  };
  const counts = new Uint16Array(grid.rows);
  for (let column = 0; column < grid.width; column++) {
    for (let row = 0; row < grid.rows; row++) if (!isBlank(row, column)) counts[row]!++;
  }
  const filled = Int32Array.from({ length: grid.rows }, (_, row) => row).filter((row) => counts[row]! > 0);
  const sample = [...filled.subarray(0, SAMPLE_ROWS)].map((row) => counts[row]!).sort((a, b) => a - b);
  const usual = sample[Math.floor(sample.length / 2)] ?? 0;
  const start = filled.findIndex((row) => counts[row]! >= usual / 2);
  const first = filled[start];
  if (first === undefined) return null;
  const below = filled.subarray(start + 1, start + 1 + SAMPLE_ROWS);
  const header = isHeader(sheet, first, below, isBlank) ? first : null;
  const all = filled.subarray(header === null ? start : start + 1);
  const notes = usual < LEAST_WIDTH_FOR_NOTES ? 0 : countNotes(all, counts);
  const rows = all.slice(0, all.length - notes);
  if (rows.length === 0) return null;
  const columns = Array.from({ length: grid.width }, (_, column) => column).filter(
    (column) => (header !== null && !isBlank(header, column)) || rows.some((row) => !isBlank(row, column)),
  );
  return { header, rows, columns, titleRows: start, noteRows: notes };
}

function isHeader(
  { grid }: Sheet,
  row: number,
  below: Int32Array,
  isBlank: (row: number, column: number) => boolean,
): boolean {
  let onlyTexts = true;
  for (let column = 0; column < grid.width; column++) {
    if (isBlank(row, column)) continue;
    if (grid.kindAt(row, column) !== 'text') {
      onlyTexts = false;
      continue;
    }
    const values = below.filter((other) => !isBlank(other, column));
    const others = values.filter((other) => grid.kindAt(other, column) !== 'text');
    if (values.length > 0 && others.length > values.length / 2) return true;
  }
  return onlyTexts;
}

/** Rows of one cell each at the end, with a blank row before the first of them. */
function countNotes(rows: Int32Array, counts: Uint16Array): number {
  let notes = 0;
  for (let at = rows.length - 1; at > 0 && counts[rows[at]!] === 1; at--) {
    if (rows[at]! > rows[at - 1]! + 1) notes = rows.length - at;
  }
  return notes;
}
