import { ProblemError, type Problem } from '../../problem';
import { ColumnBuilder, createTextBudget } from '../column-builder';
import { MAX_COLUMNS, PREVIEW_CHARACTERS, PREVIEW_ROWS } from '../limits';
import type { Table } from '../table';
import { nameColumns } from './csv-header';
import type { JsonScalar } from './json-tokens';

/** Rows times columns: what a file of 1 GiB can hold as CSV. Rows that each name one column of many could claim far more. */
const MAX_CELLS = 2 ** 30;

interface GrowingColumn {
  readonly builder: ColumnBuilder;
  /** Rows that the builder has. */
  filled: number;
  /** The last row that has a value here, not yet in the builder, since a repeated key replaces it. */
  row: number;
  text: string;
  onlyNull: boolean;
}

/** Cells of rows as they come, under names as they appear; what a row does not name is a hole. */
export class JsonColumns {
  private readonly file: string;
  private readonly columns = new Map<string, GrowingColumn>();
  private readonly budget = createTextBudget();
  private readonly preview: Map<string, string>[] = [];
  private cells = 0;
  private readonly repeated = { count: 0, name: '', line: 0 };
  private readonly rounded = { count: 0, name: '', line: 0 };

  constructor(file: string) {
    this.file = file;
  }

  /** Rows rise within each column. The last of two values for one place counts. */
  put(name: string, row: number, kind: JsonScalar, text: string, line: number): void {
    const column = this.columns.get(name) ?? this.add(name, line);
    if (column.row === row) note(this.repeated, name, line);
    else this.flush(column, row);
    column.row = row;
    column.text = kind === 'null' ? '' : text;
    if (kind !== 'null') column.onlyNull = false;
    if (kind === 'number' && text.length > 15 && isRounded(text)) note(this.rounded, name, line);
    if (row < PREVIEW_ROWS)
      (this.preview[row] ??= new Map()).set(name, column.text.trim().slice(0, PREVIEW_CHARACTERS));
  }

  private add(name: string, line: number): GrowingColumn {
    if (this.columns.size >= MAX_COLUMNS) {
      throw new ProblemError({
        code: 'json/too-many-columns',
        message: `${this.file} names more than ${MAX_COLUMNS.toLocaleString('en')} columns, the first one too many in line ${line}.`,
        hint: 'Leave out columns; a name in quotes is a column, so identifiers must be values and not names.',
        file: this.file,
        line,
      });
    }
    const builder = new ColumnBuilder(',', this.budget);
    const column = { builder, filled: 0, row: -1, text: '', onlyNull: true };
    this.columns.set(name, column);
    return column;
  }

  /** Moves the pending value into the builder, and holes for the rows before `until`. */
  private flush(column: GrowingColumn, until: number): void {
    this.cells += until - column.filled;
    if (this.cells > MAX_CELLS) throw new ProblemError(this.tooManyCells());
    for (; column.filled < until; column.filled++) {
      column.builder.add(column.filled === column.row ? column.text : '');
    }
  }

  /**
   * Ends the table; of no use afterwards.
   * @param names by key, where they are not the keys themselves
   */
  finish(rows: number, names: ReadonlyMap<string, string> | null): { table: Table; warnings: readonly Problem[] } {
    for (const [key, { onlyNull }] of this.columns) {
      // A null where other rows have an object is no column beside those of the object.
      if (onlyNull && this.hasInner(key)) this.columns.delete(key);
    }
    if (rows === 0 || this.columns.size === 0) throw new ProblemError(this.nothing());
    const keys = [...this.columns.keys()];
    const named = nameColumns(
      keys.map((key) => names?.get(key) ?? key),
      true,
      this.file,
    );
    const columns = [...this.columns.values()].map((column, index) => {
      this.flush(column, rows);
      return column.builder.finish(named.names[index]!);
    });
    const preview = Array.from({ length: Math.min(rows, PREVIEW_ROWS) }, (_, row) =>
      keys.map((key) => this.preview[row]?.get(key) ?? ''),
    );
    return { table: { name: this.file, rows, columns, preview }, warnings: [...named.warnings, ...this.warnings()] };
  }

  private hasInner(key: string): boolean {
    for (const other of this.columns.keys()) if (other.startsWith(`${key}.`)) return true;
    return false;
  }

  private warnings(): readonly Problem[] {
    const { file, repeated, rounded } = this;
    const times = ({ count }: { count: number }) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);
    return [
      ...(repeated.count === 0
        ? []
        : [
            {
              code: 'json/duplicate-key',
              message: `${file} gives a row the same name twice (${times(repeated)}, first "${repeated.name}" in line ${repeated.line}); the last value counts.`,
              hint: 'Give every value of a row a name of its own.',
              file,
              line: repeated.line,
            },
          ]),
      ...(rounded.count === 0
        ? []
        : [
            {
              code: 'json/rounded',
              message: `${file} holds whole numbers beyond 2^53 (${times(rounded)}, first in "${rounded.name}" in line ${rounded.line}); they are rounded to the nearest float64.`,
              hint: 'Put identifiers in quotes, so that they stay as they are.',
              file,
              line: rounded.line,
            },
          ]),
    ];
  }

  private tooManyCells(): Problem {
    return {
      code: 'json/too-many-cells',
      message: `${this.file} has more rows times columns than the app takes in (${MAX_CELLS.toLocaleString('en')}).`,
      hint: 'Take a part of the rows, or leave out columns.',
      file: this.file,
    };
  }

  private nothing(): Problem {
    return {
      code: 'json/no-rows',
      message: `${this.file} holds no rows with values.`,
      hint: 'Give it an array of objects, one for each example.',
      file: this.file,
      line: 1,
    };
  }
}

function note(seen: { count: number; name: string; line: number }, name: string, line: number): void {
  if (seen.count++ > 0) return;
  seen.name = name.slice(0, 100);
  seen.line = line;
}

function isRounded(text: string): boolean {
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}
