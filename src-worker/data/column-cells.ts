import { numberAt, type Column } from './column';
import type { RawCell } from './raw-cell';

/** The raw cell of a row, as `TrainerApi.predict` takes it. */
export type CellAt = (row: number) => RawCell;

/** The number as the file's own way of writing numbers gives it; the text where it is none, for the message. */
export function numberCells(column: Column): CellAt {
  const text = textCells(column);
  return (row) => {
    const value = numberAt(column, row);
    return Number.isNaN(value) ? text(row) : value;
  };
}

/** The text as the file has it; the number of a column whose texts were too many to keep; null for a hole. */
export function textCells({ codes, texts, numbers }: Column): CellAt {
  return (row) => {
    if (codes === null) return numbers === null || Number.isNaN(numbers.at(row)) ? null : (numbers.at(row) ?? null);
    const code = codes[row] ?? 0;
    return code === 0 ? null : (texts[code] ?? null);
  };
}
