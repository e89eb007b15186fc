import { MAX_CELLS, MAX_COLUMNS } from '../../../src-worker/data/limits';
import { ProblemError } from '../../../src-worker/problem';

/** @throws ProblemError for a table with more columns or cells than the app takes */
export function checkTableSize(file: string, rows: number, columns: number): void {
  if (columns <= MAX_COLUMNS && rows * columns <= MAX_CELLS) return;
  const whole = (n: number): string => n.toLocaleString('en');
  throw new ProblemError({
    code: 'decode/too-large',
    message: `${file} holds ${whole(rows)} rows × ${whole(columns)} columns; the app reads up to ${whole(MAX_COLUMNS)} columns and ${whole(MAX_CELLS)} cells.`,
    hint: 'Take a part of its rows or columns.',
    file,
  });
}
