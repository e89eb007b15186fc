import { ProblemError, type Problem } from '../problem';
import type { DataSpec } from '../experiment/document';
import { decisionFor } from './column-decisions';
import { settingsFor } from './features';
import { counted } from './infer-type';
import { holeReader } from './reading';
import type { ResolvedColumns } from './resolve-columns';
import type { TableView } from './table-view';

/**
 * The rows that take part: those with a target, not taken out, and without a hole in a column whose holes drop the row.
 *
 * @param excluded rows that the document takes out; of the first file only
 * @param targetAt NaN for a row without a target
 * @throws ProblemError where none is left
 */
export function usableRows(
  view: TableView,
  resolved: ResolvedColumns,
  targetAt: (row: number) => number,
  spec: DataSpec,
  excluded: ReadonlySet<number>,
  warnings: Problem[],
): Uint32Array {
  const dropping = resolved.features
    .map(({ column, reading }, index) => ({ name: column.name, isHole: holeReader(view.features[index]!, reading) }))
    .filter(({ name }) => settingsFor(spec, decisionFor(spec.columns, name)).missing === 'drop');
  const rows = new Uint32Array(view.table.rows);
  let count = 0;
  let withoutTarget = 0;
  let withHoles = 0;
  for (let row = 0; row < view.table.rows; row++) {
    if (excluded.has(row)) continue;
    if (Number.isNaN(targetAt(row))) withoutTarget++;
    else if (dropping.some(({ isHole }) => isHole(row))) withHoles++;
    else rows[count++] = row;
  }
  const file = view.table.name;
  const target = resolved.target.column.name;
  if (count === 0) throw new ProblemError(nothingLeft(view, resolved, withHoles, excluded.size));
  if (withoutTarget > 0) {
    warnings.push({
      code: 'data/missing-target',
      message: `${counted(withoutTarget, 'row')} of ${file} without ${target} ${withoutTarget === 1 ? 'was' : 'were'} left out.`,
      hint: 'Fill in the target if it is known.',
      file,
    });
  }
  if (withHoles > 0) {
    warnings.push({
      code: 'data/dropped-rows',
      message: `${counted(withHoles, 'row')} of ${file} with a missing value ${withHoles === 1 ? 'was' : 'were'} left out.`,
      hint: 'Fill missing values with the mean, or leave out the columns that have most of them.',
      file,
      path: 'data.missing',
    });
  }
  return rows.slice(0, count);
}

function nothingLeft(view: TableView, resolved: ResolvedColumns, withHoles: number, excluded: number): Problem {
  const file = view.table.name;
  if (withHoles === 0) {
    return {
      code: 'data/no-rows-left',
      message: `No row of ${file}${excluded > 0 ? ' that was not taken out' : ''} has a value in the target, ${resolved.target.column.name}.`,
      hint: excluded > 0 ? 'Take fewer rows out, or choose another target.' : 'Choose another target.',
      file,
      path: excluded > 0 ? 'data.excluded' : 'data.columns',
    };
  }
  const worst = view.features.reduce((most, next) => (next.profile.holes > most.profile.holes ? next : most));
  return {
    code: 'data/no-rows-left',
    message: `Every row of ${file} has a missing value, most often in ${worst.name}, so none is left.`,
    hint: `Fill missing values with the mean, or leave out ${worst.name}.`,
    file,
    path: 'data.missing',
  };
}
