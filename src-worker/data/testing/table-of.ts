import type { Column } from '../column';
import { ColumnBuilder, createTextBudget } from '../column-builder';
import type { Table } from '../table';

/** A column of cells as a CSV file would have them. */
export function columnOf(name: string, cells: readonly (string | number)[]): Column {
  const builder = new ColumnBuilder(',', createTextBudget());
  for (const cell of cells) builder.add(String(cell));
  return builder.finish(name);
}

export function tableOf(columns: Readonly<Record<string, readonly (string | number)[]>>, name = 'data.csv'): Table {
  const built = Object.entries(columns).map(([column, cells]) => columnOf(column, cells));
  return { name, rows: built[0]!.length, columns: built, preview: [] };
}
