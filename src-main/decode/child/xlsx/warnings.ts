import type { Problem } from '../../../../src-worker/problem';
import { counted } from '../../../../src-worker/data/infer-type';
import type { TableRegion } from './find-table';
import { referenceOf, type Sheet } from './sheet';
import type { SheetColumn } from './sheet-column';

/** What should be known about the table that was read from a sheet. */
export function describeSheet(
  file: string,
  sheet: Sheet,
  region: TableRegion,
  columns: readonly SheetColumn[],
  merged: number,
): readonly Problem[] {
  const warnings: Problem[] = [];
  const warn = (code: string, message: string, hint: string): void => void warnings.push({ code, message, hint, file });
  const errors = columns.reduce((sum, column) => sum + column.errors, 0);
  if (errors > 0) {
    const kinds = sheet.errors.slice(0, 4).join(', ');
    const places = columns.flatMap(({ firstError }, index) =>
      firstError === null ? [] : [{ row: firstError, index }],
    );
    const { row, index } = places.sort((a, b) => a.row - b.row)[0]!;
    warn(
      'xlsx/errors',
      `${counted(errors, 'cell')} of ${file} ${errors === 1 ? 'holds an error' : 'hold errors'} (${kinds}), first ${referenceOf(row, region.columns[index]!)}; ${errors === 1 ? 'it counts' : 'they count'} as holes.`,
      'Correct the formulas in the spreadsheet if the values matter.',
    );
  }
  if (region.titleRows + region.noteRows > 0) {
    const above = region.titleRows === 0 ? [] : [`${counted(region.titleRows, 'row')} above`];
    const below = region.noteRows === 0 ? [] : [`${counted(region.noteRows, 'row')} below`];
    warn(
      'xlsx/around-table',
      `${[...above, ...below].join(' and ')} the table of ${file} ${region.titleRows + region.noteRows === 1 ? 'was' : 'were'} taken for a title or notes and left out.`,
      'Take other text out of the sheet if something of the table is missing.',
    );
  }
  if (merged > 0) {
    warn(
      'xlsx/merged',
      `${file} merges cells in ${counted(merged, 'place')} of its table; each of them was given the value that they share.`,
      'Undo the merging in the spreadsheet if only the first of them should have it.',
    );
  }
  const dropped = columns.filter((column) => column.dropped > 0);
  if (dropped.length > 0) {
    const list = dropped
      .slice(0, 5)
      .map(({ column, dropped: texts }) => `${column.name} (${texts.toLocaleString('en')})`);
    warn(
      'xlsx/texts-among-numbers',
      `${file} has cells that are no numbers in columns of numbers; they count as holes: ${list.join(', ')}.`,
      'Correct them in the spreadsheet.',
    );
  }
  const asText = columns.filter((column) => column.numbersAsText).map(({ column }) => column.name);
  if (asText.length > 0) {
    warn(
      'xlsx/numbers-as-text',
      `${file} keeps the numbers of ${asText.slice(0, 5).join(', ')} as text, so they are read as names.`,
      'Choose the type number for them if they are measurements.',
    );
  }
  return warnings;
}
