import { ProblemError } from '../../problem';
import { JsonColumns } from './json-columns';
import type { JsonHandler, JsonScalar } from './json-tokens';

/** A handler for columns that each are an array, or an object from row label to value. */
export class JsonColumnsReader implements JsonHandler {
  private readonly file: string;
  private readonly wanted: ReadonlySet<string>;
  private readonly columns: JsonColumns;
  private readonly lineOf: () => number;
  private depth = 0;
  private column: string | null = null;
  private row = -1;
  private label = '';
  private labels: number[] | null = null;
  private firstColumn = '';
  private rows = -1;
  private readonly seen = new Set<string>();
  private readonly inner: { prefix: string; key: string; index: number }[] = [];

  constructor(file: string, names: readonly string[], lineOf: () => number) {
    this.file = file;
    this.wanted = new Set(names);
    this.columns = new JsonColumns(file);
    this.lineOf = lineOf;
  }

  start(kind: 'object' | 'array'): void {
    this.depth++;
    if (this.depth === 2 && this.column !== null) {
      if (this.seen.has(this.column))
        throw this.problem('json/duplicate-key', `gives the column "${this.column}" twice`);
      this.seen.add(this.column);
      this.row = -1;
    }
    if (this.depth < 3 || this.column === null) return;
    const around = this.inner.at(-1);
    if (around === undefined) this.row++;
    const key = around === undefined ? this.column : around.index >= 0 ? String(around.index++) : around.key;
    this.inner.push({ prefix: `${around?.prefix ?? ''}${key}.`, key: '', index: kind === 'array' ? 0 : -1 });
  }

  end(): void {
    this.depth--;
    if (this.inner.pop() !== undefined || this.depth !== 1 || this.column === null) return;
    const rows = this.row + 1;
    if (this.rows === -1) {
      this.rows = rows;
      this.firstColumn = this.column;
    } else if (rows !== this.rows) {
      throw this.problem(
        'json/ragged-column',
        `has ${rows.toLocaleString('en')} values in "${this.column}", but ${this.rows.toLocaleString('en')} in "${this.firstColumn}"`,
      );
    }
  }

  key(text: string): void {
    const around = this.inner.at(-1);
    if (around !== undefined) around.key = text;
    else if (this.depth === 1) this.column = this.wanted.has(text) ? text : null;
    else this.label = text;
  }

  value(kind: JsonScalar, text: string): void {
    if (this.column === null || this.depth < 2) return;
    const around = this.inner.at(-1);
    if (around === undefined) {
      this.row++;
      this.checkLabel();
      this.columns.put(this.column, this.row, kind, text, this.lineOf());
      return;
    }
    const key = around.index >= 0 ? String(around.index++) : around.key;
    this.columns.put(around.prefix + key, this.row, kind, text, this.lineOf());
  }

  /** In pandas’ way of writing, each column repeats the labels of the rows; they must be the same, in the same order. */
  private checkLabel(): void {
    const label = this.label === '' ? NaN : Number(this.label);
    this.label = '';
    if (Number.isNaN(label)) return;
    this.labels ??= [];
    if (this.rows === -1) this.labels.push(label);
    else if (this.labels[this.row] !== label) {
      throw this.problem(
        'json/row-labels',
        `labels the rows of "${this.column}" otherwise than those of "${this.firstColumn}"`,
      );
    }
  }

  finish(): ReturnType<JsonColumns['finish']> {
    return this.columns.finish(Math.max(0, this.rows), null);
  }

  private problem(code: string, what: string): ProblemError {
    const line = this.lineOf();
    return new ProblemError({
      code,
      message: `${this.file} ${what} (line ${line}).`,
      hint: 'Give every column one value for each row, null where there is none.',
      file: this.file,
      line,
    });
  }
}
