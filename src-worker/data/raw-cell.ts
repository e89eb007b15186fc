import { isHole, parseLoneNumber } from './cell';

/** A cell as a file or a form gives it. */
export type RawCell = string | number | null;

/** The number in a cell: null for a hole, NaN where it holds something else. */
export function numberIn(cell: RawCell): number | null {
  if (typeof cell === 'number') return Number.isNaN(cell) ? null : cell;
  if (cell === null || isHole(cell.trim())) return null;
  return parseLoneNumber(cell.trim());
}

/** Whether a cell says that its value is missing. */
export function isEmptyCell(cell: RawCell): boolean {
  return cell === null || (typeof cell === 'number' ? Number.isNaN(cell) : isHole(cell.trim()));
}

/** The cell as one of two words: in lower case, and a number as JavaScript writes it, so that 1.0 is 1. */
export function wordIn(cell: string | number | null): string {
  const text = String(cell).trim();
  const value = parseLoneNumber(text);
  return Number.isNaN(value) ? text.toLowerCase() : String(value);
}

/**
 * Finds a cell among the categories that were learned: as it is written, or as the same number written otherwise (3.0 for 3).
 *
 * @returns a function from cell to index; −1 for a hole and for a category never seen
 */
export function categoryFinder(categories: readonly string[]): (cell: RawCell) => number {
  const indexOf = new Map(categories.map((category, index) => [category, index]));
  return (cell) => {
    if (cell === null) return -1;
    const text = String(cell).trim();
    if (isHole(text)) return -1;
    return indexOf.get(text) ?? indexOf.get(String(parseLoneNumber(text))) ?? -1;
  };
}
