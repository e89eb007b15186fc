import { MAX_CELLS } from '../../../../src-worker/data/limits';
import type { TableRegion } from './find-table';
import type { Sheet } from './sheet';

/**
 * Gives every cell of a merged range inside of the table the value that is shown for all of them, as a person reads it.
 * @returns how many ranges that were
 */
export function fillMerged({ grid, merged }: Sheet, { header, rows }: TableRegion): number {
  const first = rows[0]!;
  const last = rows.at(-1)!;
  const inTable = new Set(rows);
  let filled = 0;
  let cells = 0;
  for (const { top, left, bottom, right } of merged) {
    const kind = grid.kindAt(top, left);
    const value = grid.valueAt(top, left);
    // Of a range that begins above the rows, only what reaches into the header is of use: the name of its columns.
    const from = header !== null && bottom === header ? header : top >= first ? top : null;
    if (kind === 'blank' || from === null || from > last) continue;
    cells += (Math.min(bottom, last) - from + 1) * (right - left + 1);
    if (cells > MAX_CELLS) throw new Error('it merges more cells than the app takes');
    for (let row = from; row <= Math.min(bottom, last); row++) {
      if (row !== header && !inTable.has(row)) continue;
      for (let column = left; column <= right; column++) {
        if (grid.kindAt(row, column) === 'blank') grid.set(row, column, kind, value);
      }
    }
    filled++;
  }
  return filled;
}
