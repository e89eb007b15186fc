import type { LoadedTable } from '../loaded';
import type { Parts } from '../prepare-table';
import type { ResolvedColumns } from '../resolve-columns';
import type { Table } from '../table';
import type { TableView } from '../table-view';
import type { FilteredColumn } from './filter-rows';

/** One of the files that the places of a table count through. */
export interface TableFile {
  readonly table: Table;
  /** By the roles of the columns. */
  readonly view: TableView;
  /** The place of its first row. */
  readonly first: number;
  /** In the order of the first file's columns; null where this file lacks one. */
  readonly columns: readonly (FilteredColumn | null)[];
  /** Class index of a row, or its number; NaN for a row without a target. */
  readonly targetAt: (row: number) => number;
}

/** The files of a table in the order of their places. */
export function filesOf(loaded: LoadedTable, resolved: ResolvedColumns, parts: Parts): readonly TableFile[] {
  const { table, testTable } = loaded;
  const main: TableFile = {
    table,
    view: parts.train.view,
    first: 0,
    columns: resolved.columns,
    targetAt: parts.train.targetAt,
  };
  if (testTable === null) return [main];
  const byName = new Map(testTable.columns.map((column) => [column.name, column]));
  const columns = resolved.columns.map(({ column: { name }, reading }) => {
    const column = byName.get(name);
    return column === undefined ? null : { column, reading };
  });
  const { view, targetAt } = parts.test;
  return [main, { table: testTable, view, first: table.rows, columns, targetAt }];
}

/** The file in which a place lies. */
export function fileAt(files: readonly TableFile[], place: number): TableFile {
  return files.findLast(({ first }) => place >= first)!;
}
