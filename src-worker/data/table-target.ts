import type { DataSpec } from '../api';
import { nearestName } from '../experiment/nearest';
import { ProblemError, type Problem } from '../problem';
import { spellingOf } from './boolean';
import { categoriesOf } from './column';
import { isHole, parseLoneNumber } from './cell';
import { valueReader } from './reading';
import type { ResolvedColumns } from './resolve-columns';
import { categoryReader, type TableView } from './table-view';

/** Names of the classes in the order of the outputs, over both files; none for a regression. No comes before yes. */
export function classNames(resolved: ResolvedColumns, main: TableView, test: TableView | null): readonly string[] {
  const { reading, column } = resolved.target;
  if (resolved.task === 'regression') return [];
  if (reading.type === 'boolean') return [spellingOf(column, reading.words.no), spellingOf(column, reading.words.yes)];
  const { names } = categoriesOf(main.target)!;
  if (test === null) return names;
  // A class that only the test file has is a class too: every answer about it is wrong.
  const find = categoryReader(test.target, names);
  const unknown = new Set<string>();
  const own = categoriesOf(test.target);
  for (let row = 0; row < test.target.length && own !== null; row++) {
    if (own.at(row) !== -1 && find(row) === -1) unknown.add(own.names[own.at(row)]!);
  }
  return [...names, ...[...unknown].sort()];
}

/** Class index of each row, or its raw number; NaN for a row without a target. */
export function targetReader(
  view: TableView,
  { task, target }: ResolvedColumns,
  classes: readonly string[],
): (row: number) => number {
  if (task === 'regression' || target.reading.type === 'boolean') return valueReader(view.target, target.reading);
  const find = categoryReader(view.target, classes);
  return (row) => (find(row) === -1 ? NaN : find(row));
}

/**
 * As `targetAt`, with the targets that the document gives to single rows instead.
 *
 * @throws ProblemError where such a target is no class, or no number for a regression
 */
export function relabel(
  targetAt: (row: number) => number,
  relabelled: DataSpec['relabelled'],
  classes: readonly string[],
): (row: number) => number {
  const entries = Object.entries(relabelled);
  if (entries.length === 0) return targetAt;
  const given = new Map(entries.map(([row, target]) => [Number(row), readTarget(row, target, classes)]));
  return (row) => given.get(row) ?? targetAt(row);
}

function readTarget(row: string, target: string | number, classes: readonly string[]): number {
  if (classes.length === 0) {
    const value = typeof target === 'number' ? target : isHole(target.trim()) ? NaN : parseLoneNumber(target.trim());
    if (!Number.isNaN(value)) return value;
    throw new ProblemError(wrongTarget(row, target, 'a number, because this is regression', 'Give it a number.'));
  }
  const index = classes.indexOf(String(target));
  if (index !== -1) return index;
  const nearest = nearestName(String(target), classes);
  const hint = nearest === null ? `Classes are ${classes.slice(0, 8).join(', ')}.` : `Did you mean "${nearest}"?`;
  throw new ProblemError(wrongTarget(row, target, 'one of the classes', hint));
}

function wrongTarget(row: string, target: string | number, expected: string, hint: string): Problem {
  return {
    code: 'data/relabelled',
    message: `Example ${Number(row) + 1} is given the target ${JSON.stringify(target)}, which must be ${expected}.`,
    hint,
    path: `data.relabelled[${JSON.stringify(row)}]`,
  };
}
