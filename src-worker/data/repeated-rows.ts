import { numberAt, type Column } from './column';
import { findFirsts, finishHash, mix, type Firsts } from './duplicates';
import { DecimalList } from './number-list';
import type { Table } from './table';

interface Found {
  readonly columns: readonly Column[];
  readonly firsts: Firsts;
}

/** The last answer for each table: an edit of split or scaling asks the same again. */
const last = new WeakMap<Table, Found>();

/** For each row of a table the first that says the same in the given columns. */
export function repeatedRows(table: Table, columns: readonly Column[]): Firsts {
  const known = last.get(table);
  if (
    known !== undefined &&
    known.columns.length === columns.length &&
    known.columns.every((c, i) => c === columns[i])
  ) {
    return known.firsts;
  }
  const hashes = new Uint32Array(table.rows);
  for (const column of columns) hashInto(hashes, column);
  for (let row = 0; row < hashes.length; row++) hashes[row] = finishHash(hashes[row]!);
  const firsts = findFirsts(table.rows, hashes, (a, b) => columns.every((column) => sameCell(column, a, b)));
  last.set(table, { columns, firsts });
  return firsts;
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

function hashInto(hashes: Uint32Array, column: Column): void {
  const { codes } = column;
  if (codes !== null) {
    for (let row = 0; row < hashes.length; row++) hashes[row] = mix(hashes[row]!, codes[row]!);
    return;
  }
  if (column.numbers instanceof DecimalList) {
    let row = 0;
    for (const piece of column.numbers.digits) {
      for (let n = 0; n < piece.length; n++, row++) hashes[row] = mix(hashes[row]!, piece[n]!);
    }
    return;
  }
  for (let row = 0; row < hashes.length; row++) {
    float[0] = numberAt(column, row);
    hashes[row] = mix(mix(hashes[row]!, words[0]!), words[1]!);
  }
}

function sameCell(column: Column, a: number, b: number): boolean {
  const { codes } = column;
  if (codes !== null) return codes[a] === codes[b];
  return Object.is(numberAt(column, a), numberAt(column, b));
}
