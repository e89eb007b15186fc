/** Where a grid of numbers lies in its picture: pure geometry, in CSS pixels. */

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** The corner of the grid and the size of one cell. */
export interface NumberView {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Cells never get larger than this by themselves: a number fits into them. */
const LARGEST = { width: 56, height: 24 };
/** The side of a cell of an image. */
const LARGEST_SIDE = 26;
/** How far a person may go in. */
const MOST_ZOOM = { width: 84, height: 40 };

/** `square` for images, whose cells must not be stretched; `wide` takes the whole width, so that something may stand above the columns. */
export type CellForm = 'free' | 'square' | 'wide';

/** The whole grid, at the upper left. */
export function wholeGrid({ rows, columns }: GridSize, { width, height }: Room, form: CellForm): NumberView {
  const [across, down] = [width / Math.max(1, columns), height / Math.max(1, rows)];
  const side = Math.min(across, down, LARGEST_SIDE);
  return {
    ...{ left: 0, top: 0 },
    cellWidth: form === 'square' ? side : form === 'wide' ? across : Math.min(across, LARGEST.width),
    cellHeight: form === 'square' ? side : Math.min(down, LARGEST.height),
  };
}

/** How high a picture of this width has to be to show the whole grid, within bounds. */
export function heightOf({ rows, columns }: GridSize, width: number, most: number, form: CellForm): number {
  if (form !== 'square') return Math.min(most, rows * LARGEST.height);
  return Math.min(most, rows * Math.min(LARGEST_SIDE, width / Math.max(1, columns)));
}

/** Larger or smaller by `factor` around a point that stays where it is; never smaller than the whole grid. */
export function zoomed(
  view: NumberView,
  factor: number,
  at: { readonly x: number; readonly y: number },
  size: GridSize,
  room: Room,
  form: CellForm,
): NumberView {
  const whole = wholeGrid(size, room, form);
  const grow = (cell: number, least: number, most: number): number =>
    Math.max(least, Math.min(Math.max(most, least), cell * factor));
  const cellWidth = grow(view.cellWidth, whole.cellWidth, MOST_ZOOM.width);
  const cellHeight = form === 'square' ? cellWidth : grow(view.cellHeight, whole.cellHeight, MOST_ZOOM.height);
  const left = at.x - ((at.x - view.left) * cellWidth) / view.cellWidth;
  const top = at.y - ((at.y - view.top) * cellHeight) / view.cellHeight;
  return held({ left, top, cellWidth, cellHeight }, size, room);
}

/** Moved by so many pixels, as far as there is something to see. */
export function panned(view: NumberView, byX: number, byY: number, size: GridSize, room: Room): NumberView {
  return held({ ...view, left: view.left + byX, top: view.top + byY }, size, room);
}

/** Moved just so far that the whole cell is in the picture. */
export function revealing(view: NumberView, { row, column }: Cell, size: GridSize, room: Room): NumberView {
  const inside = (start: number, cell: number, place: number, length: number): number => {
    const from = start + place * cell;
    if (from < 0) return start - from;
    return from + cell > length ? start - (from + cell - length) : start;
  };
  const left = inside(view.left, view.cellWidth, column, room.width);
  const top = inside(view.top, view.cellHeight, row, room.height);
  return held({ ...view, left, top }, size, room);
}

/** The cell under a point; null beside the grid. */
export function cellAt(view: NumberView, x: number, y: number, { rows, columns }: GridSize): Cell | null {
  const row = Math.floor((y - view.top) / view.cellHeight);
  const column = Math.floor((x - view.left) / view.cellWidth);
  return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null;
}

/** No empty margin where there is grid to fill it. */
function held(view: NumberView, { rows, columns }: GridSize, { width, height }: Room): NumberView {
  const hold = (start: number, length: number, room: number): number => Math.min(0, Math.max(start, room - length));
  return {
    ...view,
    left: hold(view.left, view.cellWidth * columns, width),
    top: hold(view.top, view.cellHeight * rows, height),
  };
}
