import Papa from 'papaparse';
import { ProblemError, type Problem } from '../../problem';
import { MAX_CELL_CHARACTERS } from '../limits';
import type { Dialect } from './csv-dialect';

/** Some rows of a file as text, blank lines left out. */
export interface RowBatch {
  readonly rows: readonly (readonly string[])[];
  /** The line, from 1, in which a row of this batch begins. */
  lineOf(row: number): number;
}

interface Parsed {
  data: string[][];
  errors: { code: string; row: number; index: number }[];
  meta: { cursor: number };
}

/**
 * Cuts text into rows, piece by piece.
 *
 * @throws ProblemError for a quote that never closes, with the line where it opened, and for one in the middle of a cell
 */
export async function* readRows(
  pieces: AsyncIterable<string>,
  dialect: Dialect,
  file: string,
): AsyncGenerator<RowBatch> {
  let text = '';
  let line = 1;
  // Grows while nothing can be cut, so that one long row is not parsed again with every piece.
  let enough = 0;
  for await (const piece of pieces) {
    text += piece;
    if (text.length < enough) continue;
    const parsed = parse(text, dialect, true);
    const { cursor } = parsed.meta;
    checkQuotes(parsed, text, line, dialect, file, false);
    if (parsed.data.length > 0) yield batchOf(parsed.data, line, dialect);
    line += countNewlines(text, cursor, dialect.newline);
    text = text.slice(cursor);
    enough = parsed.data.length > 0 ? 0 : 2 * text.length;
    if (text.length > MAX_CELL_CHARACTERS) checkLength(text, line, dialect, file);
  }
  if (text === '') return;
  const parsed = parse(text, dialect, false);
  checkQuotes(parsed, text, line, dialect, file, true);
  yield batchOf(parsed.data, line, dialect);
}

function parse(text: string, { delimiter, newline }: Dialect, ignoreLastRow: boolean): Parsed {
  return new Papa.Parser({ delimiter, newline }).parse(text, 0, ignoreLastRow) as Parsed;
}

function batchOf(data: string[][], firstLine: number, { newline }: Dialect): RowBatch {
  const rows: string[][] = [];
  const positions: number[] = [];
  data.forEach((row, position) => {
    const last = row.length - 1;
    // With \n as the newline, the other half of \r\n stays behind in the last cell.
    if (newline === '\n' && row[last]!.endsWith('\r')) row[last] = row[last]!.slice(0, -1);
    if (last === 0 && row[0]!.trim() === '') return;
    rows.push(row);
    positions.push(position);
  });
  return {
    rows,
    lineOf(row) {
      // Every row ends one line and holds those of its quoted cells.
      const before = data.slice(0, positions[row]);
      return before.reduce((line, cells) => line + 1 + countInCells(cells, newline), firstLine);
    },
  };
}

function countInCells(cells: readonly string[], newline: string): number {
  return cells.reduce((sum, cell) => sum + countNewlines(cell, cell.length, newline), 0);
}

function countNewlines(text: string, end: number, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline); at !== -1 && at < end; at = text.indexOf(newline, at + 1)) count++;
  return count;
}

function checkQuotes(parsed: Parsed, text: string, line: number, dialect: Dialect, file: string, last: boolean): void {
  // The row that is still incomplete is parsed again with what follows; its errors may vanish then.
  const error = parsed.errors.find(({ row }) => last || row < parsed.data.length);
  if (error === undefined) return;
  const opened = line + countNewlines(text, error.index, dialect.newline);
  const next = nextSingleQuote(text, error.index);
  const closesElsewhere = next !== -1 && countNewlines(text.slice(error.index, next), next, dialect.newline) === 0;
  const start = beginningOf(text.slice(error.index, error.index + 30));
  throw new ProblemError(closesElsewhere ? strayQuote(file, opened, start) : unclosedQuote(file, opened, start));
}

function checkLength(text: string, line: number, dialect: Dialect, file: string): void {
  const error = parse(text, dialect, false).errors[0];
  if (error !== undefined) {
    const opened = line + countNewlines(text, error.index, dialect.newline);
    throw new ProblemError(unclosedQuote(file, opened, beginningOf(text.slice(error.index, error.index + 30))));
  }
  throw new ProblemError({
    code: 'csv/line-too-long',
    message: `Line ${line} of ${file} does not end within 16 million characters.`,
    hint: 'A table has one row per line: check that this is a table.',
    file,
    line,
  });
}

/** The first quote from `from` on that is not one of a doubled pair; −1 where there is none. */
function nextSingleQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function beginningOf(text: string): string {
  return text.split(/[\r\n]/)[0]!.slice(0, 20);
}

function unclosedQuote(file: string, line: number, start: string): Problem {
  return {
    code: 'csv/unclosed-quote',
    message: `The quote that opens in line ${line} of ${file}, before “${start}”, is never closed.`,
    hint: 'Close it where the cell ends; a quote that belongs to the text is written twice.',
    file,
    line,
  };
}

function strayQuote(file: string, line: number, start: string): Problem {
  return {
    code: 'csv/stray-quote',
    message: `The quoted cell that opens in line ${line} of ${file}, with “${start}”, goes on after its closing quote.`,
    hint: 'Close the quote where the cell ends; a quote that belongs to the text is written twice.',
    file,
    line,
  };
}
