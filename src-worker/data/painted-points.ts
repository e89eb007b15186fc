import type { ColumnSpec, DataSpec, PaintedPoints } from '../experiment/document';
import { ProblemError } from '../problem';
import { ColumnBuilder, createTextBudget } from './column-builder';
import type { Column } from './column';
import { PREVIEW_ROWS } from './limits';
import type { LoadedTable } from './loaded';
import { columnOfNumbers } from './number-column';

/**
 * Points painted by hand as a table: x1, x2 and the class or the number at that place, or x and y of a curve.
 *
 * @throws ProblemError where there are too few to split
 */
export function plotPoints({ task, x, y, target }: PaintedPoints): LoadedTable {
  const title = 'Painted points';
  if (x.length < 2) {
    throw new ProblemError({
      code: 'data/no-points',
      message: `There ${x.length === 1 ? 'is 1 point' : 'are no points'} to learn from.`,
      hint: 'Paint a few points on the plane first, of at least two classes where they have classes.',
      path: 'data.source.points',
    });
  }
  const plane = [columnOfNumbers('x1', x), columnOfNumbers('x2', y)];
  const columns =
    task === 'curve'
      ? [columnOfNumbers('x', x), columnOfNumbers('y', y)]
      : [...plane, columnOfTargets(task === 'classes' ? 'class' : 'y', target)];
  const cells = task === 'curve' ? [x, y] : [x, y, target];
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, x.length) }, (_, row) =>
    cells.map((column) => shown(column[row]!)),
  );
  const table = { name: title, rows: x.length, columns, preview };
  return {
    kind: 'table',
    title,
    table,
    testTable: null,
    generated: true,
    known: knownOf(columns, task),
    workbook: null,
    warnings: [],
  };
}

/** Few numbers are numbers still, and a coordinate that says all of the target is one too. */
function knownOf(columns: readonly Column[], task: PaintedPoints['task']): DataSpec['columns'] {
  const feature: ColumnSpec = { role: 'feature', type: 'number' };
  const target: ColumnSpec = { role: 'target', type: task === 'classes' ? 'category' : 'number' };
  return Object.fromEntries(columns.map(({ name }, index) => [name, index < columns.length - 1 ? feature : target]));
}

function columnOfTargets(name: string, targets: readonly (string | number)[]): Column {
  const builder = new ColumnBuilder(',', createTextBudget());
  for (const target of targets) builder.add(String(target));
  return builder.finish(name);
}

function shown(cell: string | number): string {
  return typeof cell === 'number' ? String(Number(cell.toPrecision(6))) : cell;
}
