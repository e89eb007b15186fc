import type { Shape } from '../../../src-worker/api';

/** How the numbers of a layer are laid out: a layer of units is one picture, an image one for each channel. Lengths in pixels. */
export interface Tiling {
  readonly tiles: number;
  /** Cells of one picture. */
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  /** The height of a cell; a map's are square. */
  readonly high: number;
  readonly gap: number;
  /** Pictures beside each other. */
  readonly across: number;
  /** Numbers that are shown. */
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

const LARGEST_CELL = 56;
const SMALLEST_CELL = 7;
const HIGH = 24;
/** The least width of a cell in which its number has room. */
const NUMBER_WIDTH = 42;
/** The longer side of a feature map. */
const MAP_SIDE = 76;
const GAP = 6;
const MOST_MAPS = 64;

/** @param count numbers that there are: of a large layer fewer than its shape has */
export function tilingOf(shape: Shape, count: number, room: number): Tiling {
  if (shape.length < 3) {
    const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(room / Math.max(1, count))));
    const high = cell > HIGH ? HIGH : Math.max(cell, HIGH / 2);
    const columns = Math.max(1, Math.min(count, Math.floor(room / cell)));
    const rows = Math.ceil(count / columns);
    const size = { width: columns * cell, height: rows * high };
    return { tiles: 1, columns, rows, cell, high, gap: 0, across: 1, count, ...size };
  }
  const [, rows = 1, columns = 1] = shape;
  const tiles = Math.min(MOST_MAPS, Math.floor(count / (rows * columns)));
  const cell = Math.max(1, Math.min(8, Math.floor(MAP_SIDE / Math.max(rows, columns))));
  const across = Math.max(1, Math.min(tiles, Math.floor((room + GAP) / (columns * cell + GAP))));
  const down = Math.ceil(tiles / across);
  return {
    ...{ tiles, columns, rows, cell, high: cell, gap: GAP, across, count: tiles * rows * columns },
    width: across * (columns * cell + GAP) - GAP,
    height: down * (rows * cell + GAP) - GAP,
  };
}

/** Whether the numbers have room in their cells. */
export function showsNumbers({ cell, tiles, gap }: Tiling): boolean {
  return tiles === 1 && gap === 0 && cell >= NUMBER_WIDTH;
}

/** The upper left corner of a number's cell. */
export function placeOf(
  { columns, rows, cell, high, gap, across }: Tiling,
  index: number,
): readonly [left: number, top: number] {
  const tile = Math.floor(index / (columns * rows));
  const [row, column] = [Math.floor((index % (columns * rows)) / columns), index % columns];
  const [right, down] = [tile % across, Math.floor(tile / across)];
  return [right * (columns * cell + gap) + column * cell, down * (rows * high + gap) + row * high];
}

/** The number whose cell is at a place; null between the pictures and behind the last one. */
export function indexAt(tiling: Tiling, left: number, top: number): number | null {
  const { columns, rows, cell, high, gap, across, count } = tiling;
  const [wide, tall] = [columns * cell + gap, rows * high + gap];
  const [right, down] = [Math.floor(left / wide), Math.floor(top / tall)];
  const [column, row] = [Math.floor((left - right * wide) / cell), Math.floor((top - down * tall) / high)];
  if (left < 0 || top < 0 || right >= across || column >= columns || row >= rows) return null;
  const index = ((down * across + right) * rows + row) * columns + column;
  return index < count ? index : null;
}

/** Where a key leads from a number; null for keys that lead nowhere. */
export function moveBy(tiling: Tiling, index: number, key: string): number | null {
  const { columns, count } = tiling;
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns },
    ...{ Home: 0, End: count - 1 },
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (to === undefined) return null;
  return to >= 0 && to < count ? to : index;
}
