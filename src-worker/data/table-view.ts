import type { Problem } from '../problem';
import { ProblemError } from '../problem';
import type { Column } from './column';
import { pathOf } from './column-decisions';
import { categoryFinder } from './raw-cell';
import type { ResolvedColumns, UsedColumn } from './resolve-columns';
import type { Table } from './table';

/** A table seen by the roles of its columns; the separate test file is seen by those of the table that it tests. */
export interface TableView {
  readonly table: Table;
  /** In the order of the resolved features. */
  readonly features: readonly Column[];
  readonly target: Column;
}

export function viewOf(table: Table, resolved: ResolvedColumns): TableView {
  return { table, features: resolved.features.map(({ column }) => column), target: resolved.target.column };
}

/**
 * The test file's columns found by name, whatever their order.
 *
 * @throws ProblemError where one that the network needs is missing; names all that are missing and all that are extra
 */
export function viewOfTestTable(test: Table, resolved: ResolvedColumns, warnings: Problem[]): TableView {
  const byName = new Map(test.columns.map((column) => [column.name, column]));
  const needed = [...resolved.features, resolved.target];
  const missing = needed.filter(({ column }) => !byName.has(column.name)).map(({ column }) => column.name);
  const known = new Set(resolved.columns.map(({ column }) => column.name));
  const extra = test.columns.map(({ name }) => name).filter((name) => !known.has(name));
  if (missing.length > 0) {
    throw new ProblemError({
      code: 'data/test-columns',
      message: `${test.name} lacks ${listed(missing)}${extra.length > 0 ? ` and has ${listed(extra)} instead` : ''}: a test file needs the same columns as the training file.`,
      hint: missing.includes(resolved.target.column.name)
        ? 'Without the target nothing can be tested: add that column, or use the file for predictions.'
        : 'Name the columns of both files alike.',
      file: test.name,
      path: pathOf(missing[0]!),
    });
  }
  if (extra.length > 0) {
    warnings.push({
      code: 'data/extra-test-columns',
      message: `${test.name} has columns that the training file lacks: ${listed(extra)}. They are not used.`,
      hint: 'Check that the files belong together.',
      file: test.name,
    });
  }
  const columnNamed = ({ column }: UsedColumn): Column => byName.get(column.name)!;
  return { table: test, features: resolved.features.map(columnNamed), target: columnNamed(resolved.target) };
}

/** Index of each row's category among `names`; −1 for a hole or a value that is not among them. */
export function categoryReader(column: Column, names: readonly string[]): (row: number) => number {
  const find = categoryFinder(names);
  const { codes, numbers } = column;
  if (codes !== null) {
    const indexOfCode = Int32Array.from(column.texts, (text, code) => {
      if (code === 0) return -1;
      const index = find(text);
      return index === -1 ? find(column.values[code]!) : index;
    });
    return (row) => indexOfCode[codes[row]!]!;
  }
  return numbers === null ? () => -1 : (row) => find(numbers.at(row));
}

/** Whether each row of a column of categories is a hole. */
export function isHoleAt({ codes, numbers }: Column): (row: number) => boolean {
  if (codes !== null) return (row) => codes[row] === 0;
  return numbers === null ? () => true : (row) => Number.isNaN(numbers.at(row));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => `"${name}"`);
  return shown.join(', ') + (names.length > 6 ? ', …' : '');
}
