import { fail, succeed, type Outcome, type Problem } from '../../problem';
import { MAX_CELLS, MAX_COLUMNS } from '../limits';
import type { DecodedColumn, DecodedTable } from './decoded-table';
import { aligned, MAGIC } from './encode';

/** A reply that breaks its own format. */
class BrokenReply extends Error {}

/**
 * Reads what the decoding process replied. Nothing of it is trusted: that process has read a hostile file.
 *
 * @param name the file's, for messages
 * @returns the table with arrays of its own, or the problems that the process found
 */
export function readReply(name: string, bytes: Uint8Array): Outcome<DecodedTable> {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof BrokenReply) && !(error instanceof SyntaxError)) throw error;
    return fail({
      code: 'decode/broken-reply',
      message: `${name} could not be read: its decoder gave an answer that makes no sense (${error.message}).`,
      hint: 'The file may be damaged: save it again, or save it as CSV.',
      file: name,
    });
  }
}

function read(bytes: Uint8Array): Outcome<DecodedTable> {
  const start = MAGIC.length + 4;
  demand(bytes.length >= start, 'too short');
  demand(new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) === MAGIC, 'unknown beginning');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = start + view.getUint32(MAGIC.length, true);
  demand(end <= bytes.length, 'header cut short');
  const header = recordOf(JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))));
  if (header['problems'] !== undefined) {
    const problems = listOf(header['problems']).map(problemOf);
    demand(problems.length > 0, 'no problem');
    return fail(...problems);
  }
  const rows = countOf(header['rows'], MAX_CELLS);
  const columns = listOf(header['columns']);
  demand(columns.length > 0 && columns.length <= MAX_COLUMNS && rows * columns.length <= MAX_CELLS, 'size');
  let at = end;
  const next = (length: number): Uint8Array<ArrayBuffer> => {
    demand(at + length <= bytes.length, 'column cut short');
    const array = bytes.slice(at, at + length);
    at += aligned(length);
    return array;
  };
  const value = {
    rows,
    columns: columns.map((column) => columnOf(recordOf(column), rows, next)),
    warnings: listOf(header['warnings']).map(problemOf),
    workbook: workbookOf(header['workbook']),
  };
  demand(at === bytes.length, 'bytes left over');
  demand(new Set(value.columns.map(({ name }) => name)).size === columns.length, 'names twice');
  return succeed(value);
}

type Fields = Readonly<Record<string, unknown>>;
type ReadColumn = (
  column: Fields,
  name: string,
  rows: number,
  next: (length: number) => Uint8Array<ArrayBuffer>,
) => DecodedColumn;

const texts =
  (type: 'text' | 'mixed'): ReadColumn =>
  (column, name, rows, next) => {
    const found = listOf(column['texts']).map(textOf);
    const codes = new Uint32Array(next(4 * rows).buffer);
    for (const code of codes) demand(code <= found.length, 'code beyond the texts');
    return { name, type, codes, texts: found };
  };
const numbers =
  (type: 'number' | 'date'): ReadColumn =>
  (_column, name, rows, next) => ({ name, type, values: new Float64Array(next(8 * rows).buffer) });

/** How each type of column is read; a type without its line here does not compile. */
const readers = {
  number: numbers('number'),
  date: numbers('date'),
  boolean: (_column, name, rows, next) => {
    const values = next(rows);
    for (const value of values) demand(value <= 2, 'boolean');
    return { name, type: 'boolean', values };
  },
  text: texts('text'),
  mixed: texts('mixed'),
  'free-text': (column, name, rows) => ({
    name,
    type: 'free-text',
    holes: countOf(column['holes'], rows),
    first: listOf(column['first']).map(textOf),
  }),
} satisfies { readonly [T in DecodedColumn['type']]: ReadColumn };

function columnOf(column: Fields, rows: number, next: (length: number) => Uint8Array<ArrayBuffer>): DecodedColumn {
  const type = textOf(column['type']);
  demand(Object.hasOwn(readers, type), 'type');
  return readers[type as DecodedColumn['type']](column, textOf(column['name']), rows, next);
}

function workbookOf(value: unknown): DecodedTable['workbook'] {
  if (value === null) return null;
  const workbook = recordOf(value);
  return { sheets: listOf(workbook['sheets']).map(textOf), sheet: textOf(workbook['sheet']) };
}

function problemOf(value: unknown): Problem {
  const { code, message, hint, file, path } = recordOf(value);
  return {
    code: textOf(code),
    message: textOf(message),
    hint: textOf(hint),
    ...(file === undefined ? {} : { file: textOf(file) }),
    ...(path === undefined ? {} : { path: textOf(path) }),
  };
}

function recordOf(value: unknown): Fields {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), 'record');
  return value as Fields;
}

function listOf(value: unknown): readonly unknown[] {
  demand(Array.isArray(value), 'list');
  return value as readonly unknown[];
}

function textOf(value: unknown): string {
  demand(typeof value === 'string', 'text');
  return value as string;
}

function countOf(value: unknown, most: number): number {
  demand(typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most, 'count');
  return value as number;
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new BrokenReply(what);
}
