import { arrayKey } from '../experiment/file-roles';
import { ProblemError, type Problem } from '../problem';
import type { Column } from './column';
import { ColumnBuilder, createTextBudget, type TextBudget } from './column-builder';
import type { ArrayFile } from './formats';
import { MAX_COLUMNS } from './limits';
import { columnOfNumbers } from './number-column';
import { previewOf } from './preview';
import type { Table } from './table';

/**
 * Arrays of equal length side by side as a table: `[n, width]` gives `width` columns, `[n]` one that is called as the array. A table
 * comes first and what belongs to it after, since the last column is the likeliest target.
 *
 * @param files of rank 1 or 2
 * @throws ProblemError where their lengths differ, or nothing is in them
 */
export function tableOfArrays(files: readonly ArrayFile[], path: string): Table {
  const rows = files[0]!.shape[0]!;
  if (files.some(({ shape }) => shape[0] !== rows)) throw new ProblemError(differentLengths(files, path));
  const width = files.reduce((sum, { shape }) => sum + (shape[1] ?? 1), 0);
  if (rows === 0 || width === 0) throw new ProblemError(nothingInside(files, path));
  if (width > MAX_COLUMNS) throw new ProblemError(tooWide(files, width, path));
  const budget = createTextBudget();
  const names = new Set<string>();
  const columns = files
    .toSorted((a, b) => b.shape.length - a.shape.length)
    .flatMap((file) => columnsOf(file, files.length === 1, names, budget));
  const [first, ...others] = files;
  const name = others.length === 0 ? first!.name : `${first!.name} and ${others.length} more`;
  return { name, rows, columns, preview: previewOf(columns) };
}

function columnsOf(
  { name, shape, values, texts }: ArrayFile,
  alone: boolean,
  names: Set<string>,
  budget: TextBudget,
): readonly Column[] {
  const [rows = 0, width = 1] = shape;
  const key = arrayKey(name);
  const cells = new Float64Array(rows);
  return Array.from({ length: width }, (_, index) => {
    const wanted = width === 1 && !alone ? key : `${alone ? 'column' : key} ${index + 1}`;
    let title = wanted;
    for (let count = 2; names.has(title); count++) title = `${wanted} (${count})`;
    names.add(title);
    if (texts !== null) {
      const builder = new ColumnBuilder(',', budget);
      for (let row = 0; row < rows; row++) builder.add(texts[values[row * width + index]!]!);
      return builder.finish(title);
    }
    for (let row = 0; row < rows; row++) cells[row] = values[row * width + index]!;
    return columnOfNumbers(title, cells, budget);
  });
}

function differentLengths(files: readonly ArrayFile[], path: string): Problem {
  const list = files.map(({ name, shape }) => `${name} has ${shape[0]!.toLocaleString('en')}`).join(', ');
  return {
    code: 'array/lengths',
    message: `The arrays do not have the same number of rows: ${list}.`,
    hint: 'Give arrays that describe the same examples, one row for each.',
    file: files.find(({ shape }) => shape[0] !== files[0]!.shape[0])!.name,
    path,
  };
}

function nothingInside(files: readonly ArrayFile[], path: string): Problem {
  const { name, shape } = files[0]!;
  return {
    code: 'array/empty',
    message: `${name} holds an array of ${shape.join(' × ')}: nothing to learn from.`,
    hint: 'Give an array with at least one row and one column.',
    file: name,
    path,
  };
}

function tooWide(files: readonly ArrayFile[], width: number, path: string): Problem {
  const { name } = files[0]!;
  return {
    code: 'array/too-many-columns',
    message: `${name} makes ${width.toLocaleString('en')} columns; the app reads up to ${MAX_COLUMNS.toLocaleString('en')}.`,
    hint: 'Save images as count × height × width instead of flat, or leave out columns.',
    file: name,
    path,
  };
}
