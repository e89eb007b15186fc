/** Numbers on a grid, `[rows, columns, stride]`, of which every `stride`-th counts, the first row lowest. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
  readonly values: ArrayLike<number>;
}

/**
 * The line along which a grid has one value, as segments x₀ y₀ x₁ y₁ in steps of the grid, by marching squares: between two corners on different
 * sides of the level it goes through where they, taken as straight, reach it. A saddle is cut as the mean of its four corners says.
 */
export function contourLine({ columns, rows, stride, values }: Grid, level: number): number[] {
  const lines: number[] = [];
  const above = (column: number, row: number): number => values[(row * columns + column) * stride]! - level;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [above(column, row), above(column + 1, row), above(column + 1, row + 1), above(column, row + 1)];
      const crossings = crossingsOf(corners);
      if (crossings.length === 4 && joinsFirst(corners)) crossings.push(crossings.shift()!);
      for (const [u, v] of crossings) lines.push(column + u, row + v);
    }
  }
  return lines;
}

/** From the lower left corner round: where each corner lies in its cell. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** Where the level crosses the edges of a cell, in the order of the edges: none, two, or four. */
function crossingsOf(corners: readonly number[]): (readonly [number, number])[] {
  return CORNERS.flatMap(([u, v], edge) => {
    const [from, to] = [corners[edge]!, corners[(edge + 1) % 4]!];
    if (from >= 0 === to >= 0) return [];
    const [nextU, nextV] = CORNERS[(edge + 1) % 4]!;
    const share = from / (from - to);
    return [[u + share * (nextU - u), v + share * (nextV - v)] as const];
  });
}

/** Whether the first edge of a saddle is joined with the last: the first corner then stands alone. */
function joinsFirst(corners: readonly number[]): boolean {
  const mean = corners.reduce((sum, corner) => sum + corner, 0) / 4;
  return mean >= 0 !== corners[0]! >= 0;
}
