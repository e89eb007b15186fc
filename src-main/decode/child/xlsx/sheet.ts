import { isoToMs, serialToMs, serialToSeconds } from './dates';
import { Grid, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, type CellKind } from './grid';
import type { OfficePackage } from './package';
import type { Shown } from './styles';
import { TextGatherer, type Texts } from './texts';
import { readXml, type Attributes } from './xml';

/** A range of cells that is shown as one; from 0, both ends included. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly grid: Grid;
  readonly merged: readonly MergedRange[];
  /** The different error texts of cells, such as #DIV/0!; an error cell's value is the index. */
  readonly errors: readonly string[];
}

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly file: string;
  readonly texts: Texts;
  readonly shown: readonly Shown[];
  readonly date1904: boolean;
}

const MAX_MERGED = 100_000;

/** Reads the cells of a worksheet; formulas by the values they had when the workbook was saved. Source: ECMA-376 part 1, §18.3.1. */
export async function readSheet(parts: OfficePackage, part: string, context: SheetContext): Promise<Sheet> {
  const reader = new SheetReader(context);
  await readXml(parts.read(part), context.file, reader);
  return reader;
}

class SheetReader implements Sheet {
  readonly grid = new Grid();
  readonly merged: MergedRange[] = [];
  readonly errors: string[] = [];
  private readonly context: SheetContext;
  private readonly inline = new TextGatherer();
  private row = -1;
  private column = -1;
  private type = 'n';
  private style = 0;
  private inValue = false;
  private value = '';

  constructor(context: SheetContext) {
    this.context = context;
  }

  open(element: string, get: Attributes): void {
    if (element === 'c') this.openCell(get);
    else if (element === 'v') this.inValue = true;
    else if (element === 'row') {
      const given = get('r');
      this.row = given === undefined ? this.row + 1 : Number(given) - 1;
      if (!(Number.isInteger(this.row) && this.row >= 0 && this.row < MAX_SHEET_ROWS))
        throw new Error(`it has a row ${given}`);
      this.column = -1;
    } else if (element === 'mergeCell') this.merge(get('ref') ?? '');
    else this.inline.open(element);
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
    else this.inline.text(text);
  }

  close(element: string): void {
    if (element === 'v') this.inValue = false;
    else if (element === 'c') this.closeCell();
    else this.inline.close(element);
  }

  private openCell(get: Attributes): void {
    const reference = get('r');
    if (reference === undefined) this.column++;
    else ({ row: this.row, column: this.column } = placeOf(reference));
    if (this.column >= MAX_SHEET_COLUMNS || this.row < 0)
      throw new Error('it has cells beyond the last column or outside of rows');
    this.type = get('t') ?? 'n';
    this.style = Number(get('s') ?? 0);
    this.value = '';
    this.inline.take();
  }

  private closeCell(): void {
    const inline = this.inline.take();
    const read = readers.get(this.type);
    if (read === undefined) throw new Error(`it has a cell of the unknown type ${this.type.slice(0, 20)}`);
    if (this.value === '' && inline === '') return;
    const cell = read(this.value, inline, this.context, this.context.shown[this.style] ?? 'number', this.errors);
    if (cell !== null) this.grid.set(this.row, this.column, cell[0], cell[1]);
  }

  private merge(reference: string): void {
    const [from = '', to = from] = reference.split(':');
    const [start, end] = [placeOf(from), placeOf(to)];
    if (this.merged.length >= MAX_MERGED) throw new Error('it merges more cells than the app takes');
    this.merged.push({ top: start.row, left: start.column, bottom: end.row, right: end.column });
  }
}

type Cell = readonly [CellKind, number] | null;
type ReadCell = (value: string, inline: string, context: SheetContext, shown: Shown, errors: string[]) => Cell;

const inText: ReadCell = (value, inline, { texts }) => ['text', texts.intern(inline === '' ? value : inline)];

/** By the type of the cell. Source: §18.18.11, ST_CellType. */
const readers: ReadonlyMap<string, ReadCell> = new Map<string, ReadCell>([
  ['n', (value, _inline, { date1904 }, shown) => numberCell(value, shown, date1904)],
  [
    's',
    (value, _inline, { texts }) => {
      const index = Number(value);
      if (!(Number.isInteger(index) && index >= 0 && index < texts.length))
        throw new Error(`it has no text ${value.slice(0, 20)}`);
      return ['text', index];
    },
  ],
  ['str', inText],
  ['inlineStr', inText],
  ['b', (value) => ['boolean', value === '1' || value === 'true' ? 1 : 0]],
  [
    'e',
    (value, _inline, _context, _shown, errors) => {
      const known = errors.indexOf(value);
      if (known < 0 && errors.length < 100) errors.push(value);
      return ['error', known < 0 ? errors.length - 1 : known];
    },
  ],
  [
    'd',
    (value, _inline, { texts }) => {
      const ms = isoToMs(value);
      return ms === null ? ['text', texts.intern(value)] : ['date', ms];
    },
  ],
]);

function numberCell(value: string, shown: Shown, date1904: boolean): Cell {
  const number = Number(value);
  if (Number.isNaN(number)) throw new Error(`it has a number ${value.slice(0, 20)}`);
  if (shown === 'time') return ['time', serialToSeconds(number)];
  const ms = shown === 'date' ? serialToMs(number, date1904) : null;
  return ms === null ? ['number', number] : ['date', ms];
}

function placeOf(reference: string): { row: number; column: number } {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  const row = Number(match?.[2] ?? 0) - 1;
  if (match === null || row < 0 || row >= MAX_SHEET_ROWS) throw new Error(`it has a cell ${reference.slice(0, 20)}`);
  let column = 0;
  for (const letter of match[1]!) column = 26 * column + letter.charCodeAt(0) - 64;
  if (column > MAX_SHEET_COLUMNS) throw new Error(`it has a cell ${reference}`);
  return { row, column: column - 1 };
}

/** The column letters and row number that a person sees. */
export function referenceOf(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}
