import { ProblemError } from '../../problem';
import { isHole } from '../cell';
import { JsonColumns } from './json-columns';
import type { JsonLayout } from './json-layout';
import type { JsonHandler, JsonScalar } from './json-tokens';

type RowKind = 'object' | 'array' | 'value';
type RowLayout = Exclude<JsonLayout, { kind: 'columns' }>;

interface Cell {
  readonly name: string;
  readonly row: number;
  readonly kind: JsonScalar;
  readonly text: string;
  readonly line: number;
}

/** Rows looked at before it is decided whether the first array holds the names of the columns. */
const HEADER_ROWS = 200;
/** The one column of rows that are plain values. */
const VALUE = 'value';

/** Puts the values of rows into columns: nested objects and arrays flattened, `a.b` and `a.0`. */
export class JsonRows implements JsonHandler {
  private readonly file: string;
  private readonly layout: RowLayout;
  private readonly columns: JsonColumns;
  private readonly lineOf: () => number;
  /** Of the brackets around the row: the key or place that is being read in each. */
  private readonly outer: string[] = [];
  /** Of the row and the brackets inside it: the names so far, ended by a dot, and where an array stands. */
  private readonly inner: { prefix: string; key: string; index: number }[] = [];
  private rowKind: RowKind | null = null;
  private row = -1;
  private width = -1;
  private held: Cell[] | null = null;
  private firstIsNames = false;

  /** @param lineOf the line that is being read */
  constructor(file: string, layout: RowLayout, lineOf: () => number) {
    this.file = file;
    this.layout = layout;
    this.columns = new JsonColumns(file);
    this.lineOf = lineOf;
  }

  start(kind: 'object' | 'array'): void {
    const around = this.inner.at(-1);
    if (around !== undefined) {
      const key = around.index >= 0 ? String(around.index++) : around.key;
      this.inner.push({ prefix: `${around.prefix}${key}.`, key: '', index: kind === 'array' ? 0 : -1 });
    } else if (this.isRowPlace()) {
      this.beginRow(kind);
      this.inner.push({ prefix: '', key: '', index: kind === 'array' ? 0 : -1 });
    } else this.outer.push('');
  }

  end(): void {
    if (this.inner.length === 0) {
      this.outer.pop();
      return;
    }
    const ended = this.inner.pop()!;
    if (this.inner.length === 0 && this.rowKind === 'array') this.checkWidth(ended.index);
  }

  key(text: string): void {
    const around = this.inner.at(-1);
    if (around !== undefined) around.key = text;
    else this.outer[this.outer.length - 1] = text;
  }

  value(kind: JsonScalar, text: string): void {
    const around = this.inner.at(-1);
    if (around !== undefined) {
      const key = around.index >= 0 ? String(around.index++) : around.key;
      this.put(around.prefix + key, kind, text);
    } else if (this.isRowPlace()) {
      this.beginRow('value');
      this.put(VALUE, kind, text);
    }
  }

  /** Whether what comes now is a row. */
  private isRowPlace(): boolean {
    const { layout, outer } = this;
    switch (layout.kind) {
      case 'lines':
      case 'one row':
        return outer.length === 0;
      case 'keyed rows':
        return outer.length === 1;
      case 'rows':
        return outer.length === layout.path.length + 1 && layout.path.every((key, depth) => outer[depth] === key);
    }
  }

  private beginRow(kind: RowKind): void {
    if (this.rowKind !== null && this.rowKind !== kind) throw new ProblemError(this.mixed(kind));
    if (this.row === -1) {
      this.rowKind = kind;
      const named = this.layout.kind === 'rows' && this.layout.names !== null;
      if (kind === 'array' && !named) this.held = [];
    }
    this.row++;
    if (this.held !== null && this.row === HEADER_ROWS) this.release();
  }

  private put(name: string, kind: JsonScalar, text: string): void {
    const line = this.lineOf();
    if (this.held !== null) this.held.push({ name, row: this.row, kind, text, line });
    else this.columns.put(name, this.row - Number(this.firstIsNames), kind, text, line);
  }

  private names: ReadonlyMap<string, string> | null = null;

  private release(): void {
    const cells = this.held ?? [];
    this.held = null;
    this.firstIsNames = isHeader(cells);
    if (this.firstIsNames) {
      this.names = new Map(cells.filter(({ row }) => row === 0).map(({ name, text }) => [name, text]));
    }
    for (const { name, row, kind, text, line } of cells) {
      if (row > 0 || !this.firstIsNames) this.columns.put(name, row - Number(this.firstIsNames), kind, text, line);
    }
  }

  private checkWidth(width: number): void {
    if (this.width === -1) this.width = width;
    if (this.width === width) return;
    const line = this.lineOf();
    throw new ProblemError({
      code: 'json/ragged-row',
      message: `Row ${this.row + 1} of ${this.file} (line ${line}) has ${width} values, but the first row has ${this.width}.`,
      hint: 'Give every row the same number of values; a missing one is null.',
      file: this.file,
      line,
    });
  }

  /** Ends the table; of no use afterwards. */
  finish(): ReturnType<JsonColumns['finish']> {
    if (this.held !== null) this.release();
    const { layout } = this;
    let { names } = this;
    if (layout.kind === 'rows' && layout.names !== null) {
      names = new Map(layout.names.map((name, index) => [String(index), name]));
    } else if (this.rowKind === 'array' && names === null) {
      names = new Map(Array.from({ length: Math.max(0, this.width) }, (_, n) => [String(n), `column ${n + 1}`]));
    }
    return this.columns.finish(this.row + 1 - Number(this.firstIsNames), names);
  }

  private mixed(kind: RowKind) {
    const words = { object: 'an object', array: 'an array', value: 'a plain value' };
    const line = this.lineOf();
    return {
      code: 'json/mixed-rows',
      message: `Row ${this.row + 2} of ${this.file} (line ${line}) is ${words[kind]}, but the rows before it are ${words[this.rowKind!]} each.`,
      hint: 'Write every row in the same way.',
      file: this.file,
      line,
    };
  }
}

/** Texts alone, all different, above a column of something else; or, in a table of texts, none of them again below itself. */
function isHeader(cells: readonly Cell[]): boolean {
  const first = cells.filter(({ row }) => row === 0);
  const names = new Map(first.map(({ name, text }) => [name, text.trim()]));
  if (first.some(({ kind, text }) => kind !== 'string' || isHole(text.trim()))) return false;
  if (new Set(names.values()).size !== first.length) return false;
  const rest = cells.filter(({ row, kind }) => row > 0 && kind !== 'null');
  if (rest.length === 0) return false;
  if (rest.some(({ kind }) => kind !== 'string')) return true;
  return rest.every(({ name, text }) => names.get(name) !== text.trim());
}
