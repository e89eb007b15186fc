/** Cells of a table in pixels, and how many of them are seen at once. */
export const CELL_WIDTH = 66;
export const CELL_HEIGHT = 26;
export const MOST_COLUMNS = 7;
export const MOST_ROWS = 12;

/** Drawn beyond the edge of the window, so that scrolling shows no gaps. */
const MARGIN = 3;

/** What the arrow keys do: rows and columns further. */
export const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Rows or columns that are drawn while the window stands at `offset`. */
export function span(offset: number, size: number, most: number, count: number): number[] {
  const first = Math.max(0, Math.floor(offset / size) - MARGIN);
  return Array.from({ length: Math.min(count, first + most + 2 * MARGIN) - first }, (_, i) => first + i);
}

/** The offset at which row or column `n` is seen, nearest to the present one. */
export function inside(offset: number, n: number, size: number, most: number): number {
  return Math.min(n * size, Math.max(offset, (n + 1 - most) * size));
}
