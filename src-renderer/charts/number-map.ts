import { toCss } from './color';
import { formatNumber } from './format';
import type { Cell, NumberView } from './number-view';
import { CANVAS_FONT, readColor, readDataColors } from './theme-colors';

/** Numbers in rows and columns with the number that has the full colour. */
export interface NumberGrid {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, from `from` on. */
  readonly values: Float32Array;
  readonly from?: number;
  readonly largest: number;
}

/** From this size on a cell has its number in it. */
const TEXT = { width: 42, height: 15 };

/** Paints a grid, one pixel for each number: blue above 0, orange below, the page's colour at 0. */
export function paintGrid({ rows, columns, values, from = 0, largest }: NumberGrid): ImageData {
  const { neutral, positive, negative } = readDataColors('field');
  const image = new ImageData(Math.max(1, columns), Math.max(1, rows));
  const { data } = image;
  const scale = largest > 0 ? 1 / largest : 0;
  // A megapixel of them must not take longer than a frame: no array is made for a pixel.
  for (let i = 0; i < rows * columns; i++) {
    const value = values[from + i]! * scale;
    const end = value < 0 ? negative : positive;
    const share = Number.isFinite(value) ? Math.min(1, Math.abs(value)) : 0;
    data[4 * i] = neutral[0] + (end[0] - neutral[0]) * share;
    data[4 * i + 1] = neutral[1] + (end[1] - neutral[1]) * share;
    data[4 * i + 2] = neutral[2] + (end[2] - neutral[2]) * share;
    data[4 * i + 3] = 255;
  }
  return image;
}

/** A canvas with a grid of numbers, part of which may be in view. Sharp at any device pixel ratio. */
export class NumberMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #image = new OffscreenCanvas(1, 1);
  #grid: NumberGrid | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const ctx = canvas.getContext('2d');
    if (ctx === null) throw new Error('this window cannot draw');
    this.#canvas = canvas;
    this.#ctx = ctx;
  }

  /** Takes the numbers, in the colours of the present theme; nothing is drawn until {@link draw}. */
  take(grid: NumberGrid): void {
    this.#grid = grid;
    this.#image.width = Math.max(1, grid.columns);
    this.#image.height = Math.max(1, grid.rows);
    this.#image.getContext('2d')?.putImageData(paintGrid(grid), 0, 0);
  }

  draw(view: NumberView, cursor: Cell | null): void {
    const [canvas, ctx, grid] = [this.#canvas, this.#ctx, this.#grid];
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    if (grid === null || width === 0) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { left, top, cellWidth, cellHeight } = view;
    // Many numbers in a pixel are averaged, few pixels for a number stay sharp.
    ctx.imageSmoothingEnabled = cellWidth < 1 || cellHeight < 1;
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(this.#image, left, top, grid.columns * cellWidth, grid.rows * cellHeight);
    // Numbers of 0 have the page's colour: without an edge nobody sees where they end.
    ctx.lineWidth = 1;
    ctx.strokeStyle = toCss(readColor('--hairline'));
    ctx.strokeRect(left + 0.5, top + 0.5, grid.columns * cellWidth - 1, grid.rows * cellHeight - 1);
    if (cellWidth >= TEXT.width && cellHeight >= TEXT.height) this.#write(grid, view, width, height);
    if (cursor !== null) this.#mark(view, cursor);
  }

  #write({ rows, columns, values, from = 0 }: NumberGrid, view: NumberView, width: number, height: number): void {
    const ctx = this.#ctx;
    const { left, top, cellWidth, cellHeight } = view;
    ctx.font = `11px ${CANVAS_FONT}`;
    ctx.fillStyle = toCss(readColor('--ink'));
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const firstRow = Math.max(0, Math.floor(-top / cellHeight));
    const firstColumn = Math.max(0, Math.floor(-left / cellWidth));
    for (let row = firstRow; row < rows && top + row * cellHeight < height; row++) {
      for (let column = firstColumn; column < columns && left + column * cellWidth < width; column++) {
        const text = formatNumber(values[from + row * columns + column]);
        ctx.fillText(text, left + (column + 0.5) * cellWidth, top + (row + 0.5) * cellHeight + 0.5, cellWidth - 4);
      }
    }
  }

  #mark({ left, top, cellWidth, cellHeight }: NumberView, { row, column }: Cell): void {
    const ctx = this.#ctx;
    const grow = Math.max(0, (7 - Math.min(cellWidth, cellHeight)) / 2);
    ctx.lineWidth = 2;
    ctx.strokeStyle = toCss(readColor('--ink'));
    ctx.strokeRect(
      left + column * cellWidth - grow,
      top + row * cellHeight - grow,
      cellWidth + 2 * grow,
      cellHeight + 2 * grow,
    );
  }
}
