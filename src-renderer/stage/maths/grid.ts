import { coordinates, type Operand } from '../../../src-worker/insight/steps';

/** An operand as the table that the screen shows: rows, columns and, for images, one plane of several. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly planes: number;
  /** Place in memory of a cell. */
  index(plane: number, row: number, column: number): number;
  /** The cell of a place in memory. */
  cell(index: number): { readonly plane: number; readonly row: number; readonly column: number };
  /** `example 2, channel 1`; empty where there is one plane. */
  planeName(plane: number): string;
}

/** How the operand lies on the screen; examples of a batch are columns, as the notes stack them. */
export function gridOf(operand: Operand): Grid {
  const { shape, layout, symbol } = operand;
  const transposed = operand.transposed === true;
  if (layout === 'planes') {
    const [outer = 1, inner = 1, rows = 1, columns = 1] = shape;
    const names =
      symbol === 'W' || symbol === 'dW' || symbol.includes('_{W}') ? ['filter', 'channel'] : ['example', 'channel'];
    return {
      ...{ rows, columns, planes: outer * inner },
      index: (plane, row, column) => (plane * rows + row) * columns + column,
      cell(index) {
        const [a, b, row, column] = coordinates(shape, index) as [number, number, number, number];
        return { plane: a * inner + b, row, column };
      },
      planeName: (plane) => {
        const places = [[outer, Math.floor(plane / inner)] as const, [inner, plane % inner] as const];
        return places.flatMap(([count, n], d) => (count > 1 ? [`${names[d]} ${n + 1}`] : [])).join(', ');
      },
    };
  }
  const [rows, columns] = flatSize(operand);
  // A batch lies in memory example by example, which on the screen are its columns.
  const byColumn = (layout === 'columns') !== transposed;
  return {
    ...{ rows, columns, planes: 1 },
    index: (_, row, column) => (byColumn ? column * rows + row : row * columns + column),
    cell: (index) =>
      byColumn
        ? { plane: 0, row: index % rows, column: Math.floor(index / rows) }
        : { plane: 0, row: Math.floor(index / columns), column: index % columns },
    planeName: () => '',
  };
}

function flatSize({ shape, layout, transposed }: Operand): readonly [number, number] {
  const [first = 1, second = 1] = shape;
  if (layout === 'scalar') return [1, 1];
  if (layout === 'row') return [1, first];
  if (layout === 'vector') return [first, 1];
  return (layout === 'columns') !== (transposed === true) ? [second, first] : [first, second];
}

/** `6 × 2`, and for images `8 × 3 × 5 × 5`: the notes' shape of an operand. */
export function shapeText(operand: Operand): string {
  if (operand.layout === 'planes') return operand.shape.join(' × ');
  return flatSize(operand).join(' × ');
}
