import { ProblemError, type Problem } from '../../problem';
import { ColumnBuilder, createTextBudget } from '../column-builder';
import { MAX_COLUMNS, PREVIEW_CHARACTERS, PREVIEW_ROWS } from '../limits';
import type { LoadWatch } from '../load-watch';
import type { Table } from '../table';
import type { Content } from './content';
import { guessDialect, type Dialect } from './csv-dialect';
import { nameColumns } from './csv-header';
import { readRows } from './csv-rows';
import type { DataFormat, TableFile } from './data-format';
import { decode, EncodingError, guessEncoding, type TextEncoding } from './text-encoding';

const SAMPLE_CHARACTERS = 2 ** 16;

/** Text tables: CSV and its relatives with tabs, semicolons or bars. Source: RFC 4180, and what people really write. */
export const csv: DataFormat = {
  label: 'Table (CSV, TSV)',

  accepts(head) {
    return guessEncoding(head) !== null;
  },

  async read(content, { watch }) {
    const encoding = guessEncoding(content.head);
    if (encoding === null) throw new ProblemError(binary(content.name));
    try {
      return await readTable(content, encoding, [], watch);
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      if (encoding !== 'utf-8') throw new ProblemError(wrongUtf16(content.name));
      // Old spreadsheets write the alphabet of Western Europe, one byte for each letter.
      return readTable(content, 'windows-1252', [notUtf8(content.name)], watch);
    }
  },
};

async function readTable(
  content: Content,
  encoding: TextEncoding,
  warnings: readonly Problem[],
  watch: LoadWatch | undefined,
): Promise<TableFile> {
  const { name } = content;
  const { text, complete } = await readSample(content, encoding);
  if (text.includes('\0')) throw new ProblemError(binary(name));
  const dialect = guessDialect(text, complete);
  const reader = new TableReader(name, dialect);
  for await (const batch of readRows(decode(content.stream(), encoding), dialect, name)) {
    batch.rows.forEach((row, index) => reader.add(row, () => batch.lineOf(index)));
    watch?.addRows(batch.rows.length);
  }
  const { table, warnings: found } = reader.finish();
  return { kind: 'table', table, warnings: [...warnings, ...found] };
}

async function readSample(content: Content, encoding: TextEncoding): Promise<{ text: string; complete: boolean }> {
  let text = '';
  for await (const piece of decode(content.stream(), encoding)) {
    text += piece;
    if (text.length >= SAMPLE_CHARACTERS) return { text, complete: false };
  }
  return { text, complete: true };
}

/** Puts rows into columns and checks that each has as many cells as there are columns. */
class TableReader {
  private readonly file: string;
  private readonly dialect: Dialect;
  private names: readonly string[] | null = null;
  private builders: ColumnBuilder[] = [];
  private readonly preview: string[][] = [];
  private readonly warnings: Problem[] = [];
  private rows = 0;
  private longRows = 0;
  private firstLongLine = 0;

  constructor(file: string, dialect: Dialect) {
    this.file = file;
    this.dialect = dialect;
  }

  add(row: readonly string[], line: () => number): void {
    if (this.names === null) {
      this.begin(row, line);
      if (this.dialect.header) return;
    }
    const { builders } = this;
    if (row.length !== builders.length) this.checkWidth(row, line);
    for (let index = 0; index < builders.length; index++) builders[index]!.add(row[index]!);
    if (this.rows < PREVIEW_ROWS) {
      this.preview.push(row.slice(0, builders.length).map((cell) => cell.trim().slice(0, PREVIEW_CHARACTERS)));
    }
    this.rows++;
  }

  private begin(row: readonly string[], line: () => number): void {
    if (row.length > MAX_COLUMNS) {
      throw new ProblemError({
        code: 'csv/too-many-columns',
        message: `${this.file} has ${row.length.toLocaleString('en')} columns; the app reads up to ${MAX_COLUMNS.toLocaleString('en')}.`,
        hint: 'Leave out columns, or swap rows and columns if the examples stand side by side.',
        file: this.file,
        line: line(),
      });
    }
    const { names, warnings } = nameColumns(row, this.dialect.header, this.file);
    this.names = names;
    this.warnings.push(...warnings);
    const budget = createTextBudget();
    this.builders = names.map(() => new ColumnBuilder(this.dialect.delimiter, budget));
  }

  private checkWidth(row: readonly string[], line: () => number): void {
    const expected = this.builders.length;
    // A delimiter at the end of a line adds cells that say nothing.
    if (row.length > expected && row.slice(expected).every((cell) => cell.trim() === '')) {
      if (this.longRows++ === 0) this.firstLongLine = line();
      return;
    }
    throw new ProblemError({
      code: 'csv/ragged-row',
      message: `Line ${line()} of ${this.file} has ${count(row.length, 'cell')}, but the table has ${count(expected, 'column')}.`,
      hint:
        row.length > expected
          ? 'Put a cell that holds the delimiter in quotes, or take out what is too much.'
          : 'Add what is missing; an empty cell still needs its delimiter.',
      file: this.file,
      line: line(),
    });
  }

  finish(): { table: Table; warnings: readonly Problem[] } {
    if (this.rows === 0 || this.names === null) throw new ProblemError(this.nothingRead());
    if (this.longRows > 0) {
      this.warnings.push({
        code: 'csv/trailing-delimiter',
        message: `${count(this.longRows, 'row')} of ${this.file} ${this.longRows === 1 ? 'has' : 'have'} empty cells beyond the last column, first in line ${this.firstLongLine}; they were left out.`,
        hint: 'Take the delimiters off the ends of the lines.',
        file: this.file,
        line: this.firstLongLine,
      });
    }
    const columns = this.names.map((name, index) => this.builders[index]!.finish(name));
    const table = { name: this.file, rows: this.rows, columns, preview: this.preview };
    return { table, warnings: this.warnings };
  }

  private nothingRead(): Problem {
    const { file } = this;
    if (this.names === null) {
      return {
        code: 'file/empty',
        message: `${file} holds nothing but blank lines.`,
        hint: 'Drop a file that holds data.',
        file,
      };
    }
    return {
      code: 'csv/no-rows',
      message: `${file} has only a header (${count(this.names.length, 'column')}) and no rows.`,
      hint: 'Add rows below the first line, one for each example.',
      file,
      line: 1,
    };
  }
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

function wrongUtf16(file: string): Problem {
  return {
    code: 'csv/encoding',
    message: `${file} begins like UTF-16 text but is not: some of its characters make no sense.`,
    hint: 'Save it again as UTF-8.',
    file,
  };
}

function notUtf8(file: string): Problem {
  return {
    code: 'csv/not-utf-8',
    message: `${file} is not UTF-8; it was read as Western European (Windows-1252), so letters with accents may be wrong.`,
    hint: 'Save it as UTF-8 if names look wrong.',
    file,
  };
}

function binary(file: string): Problem {
  return {
    code: 'file/binary',
    message: `${file} is not text: it holds binary data of a kind that this app does not know.`,
    hint: 'Drop a CSV table, or IDX images with their labels.',
    file,
  };
}
