import type { DecodedTable } from '../../../../src-worker/data/decoded/decoded-table';
import { nameColumns } from '../../../../src-worker/data/formats/csv-header';
import { ProblemError } from '../../../../src-worker/problem';
import type { TableRequest } from '../../request';
import { checkTableSize } from '../table-size';
import { createTextAllowance } from '../text-collector';
import { findTable, type TableRegion } from './find-table';
import { fillMerged } from './merged';
import { OfficePackage } from './package';
import { readSheet, type Sheet, type SheetContext } from './sheet';
import { readSheetColumn } from './sheet-column';
import { readStyles } from './styles';
import { readTexts } from './texts';
import { describeSheet } from './warnings';
import { readWorkbook, type Workbook } from './workbook';

interface FoundTable {
  readonly name: string;
  readonly sheet: Sheet;
  readonly region: TableRegion;
}

/**
 * Reads one sheet of a workbook.
 * @throws ProblemError for what makes no table, or a sheet that is not there; Error for damage
 */
export async function decodeWorkbook({ name: file, bytes, options }: TableRequest): Promise<DecodedTable> {
  const parts = await OfficePackage.open(file, bytes);
  const workbook = await readWorkbook(file, parts);
  const shown = await readStyles(file, parts, workbook.styles);
  const texts = await readTexts(file, parts, workbook.sharedStrings);
  const context: SheetContext = { file, texts, shown, date1904: workbook.date1904 };
  const found = await chooseTable(workbook, parts, context, options.sheet);
  return {
    ...tableOf(context, found),
    workbook: { sheets: workbook.sheets.map(({ name }) => name), sheet: found.name },
  };
}

/** The table of the sheet with that name; without one, the first that is shown and has two rows and columns, else any with a table. */
async function chooseTable(
  { sheets }: Workbook,
  parts: OfficePackage,
  context: SheetContext,
  wanted: string | null,
): Promise<FoundTable> {
  const { file } = context;
  const read = async ({ name, part }: Workbook['sheets'][number]): Promise<FoundTable | null> => {
    const sheet = await readSheet(parts, part, context);
    const region = findTable(sheet, context.texts);
    return region === null ? null : { name, sheet, region };
  };
  if (wanted !== null) {
    const sheet = sheets.find(({ name }) => name === wanted);
    if (sheet === undefined)
      throw new ProblemError(
        noSheet(
          file,
          wanted,
          sheets.map(({ name }) => name),
        ),
      );
    const table = await read(sheet);
    if (table === null) throw new ProblemError(noTable(file, `Sheet “${wanted}” of ${file} holds`));
    return table;
  }
  let any: FoundTable | null = null;
  for (const sheet of [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const table = await read(sheet);
    if (table !== null && table.region.rows.length > 1 && table.region.columns.length > 1) return table;
    any ??= table;
  }
  if (any === null) throw new ProblemError(noTable(file, `${file} holds`));
  return any;
}

function tableOf({ file, texts }: SheetContext, { sheet, region }: FoundTable): Omit<DecodedTable, 'workbook'> {
  const { header, rows, columns: indices } = region;
  checkTableSize(file, rows.length, indices.length);
  const merged = fillMerged(sheet, region);
  const { grid } = sheet;
  const headerCells = indices.map((index) =>
    header === null ? '' : headerText(sheet, header, index, texts.at.bind(texts)),
  );
  const { names, warnings } = nameColumns(headerCells, header !== null, file);
  const allowance = createTextAllowance();
  const columns = indices.map((index, at) => readSheetColumn(names[at]!, index, rows, grid, texts, allowance));
  return {
    rows: rows.length,
    columns: columns.map(({ column }) => column),
    warnings: [...warnings, ...describeSheet(file, sheet, region, columns, merged)],
  };
}

function headerText({ grid }: Sheet, row: number, index: number, textAt: (index: number) => string): string {
  const kind = grid.kindAt(row, index);
  const value = grid.valueAt(row, index);
  if (kind === 'text') return textAt(value);
  if (kind === 'date') return new Date(value).toISOString().slice(0, 10);
  return kind === 'blank' || kind === 'error' ? '' : String(value);
}

function noSheet(file: string, wanted: string, names: readonly string[]) {
  return {
    code: 'xlsx/no-sheet',
    message: `${file} has no sheet called “${wanted}”.`,
    hint: `Choose one of: ${names.slice(0, 20).join(', ')}.`,
    file,
    path: 'data.source.sheet',
  };
}

function noTable(file: string, holds: string) {
  return {
    code: 'xlsx/no-table',
    message: `${holds} no table: there are no rows of values.`,
    hint: 'Put the examples into rows, with the names of the columns above.',
    file,
  };
}
