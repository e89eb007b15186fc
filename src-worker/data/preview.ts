import type { Column } from './column';
import { PREVIEW_CHARACTERS, PREVIEW_ROWS } from './limits';

/** The first rows as text, for tables that were not read as text. */
export function previewOf(columns: readonly Column[]): readonly (readonly string[])[] {
  const rows = Math.min(PREVIEW_ROWS, columns[0]?.length ?? 0);
  return Array.from({ length: rows }, (_, row) => columns.map((column) => cellText(column, row)));
}

function cellText({ codes, texts, numbers }: Column, row: number): string {
  if (codes !== null) return texts[codes[row]!]!.slice(0, PREVIEW_CHARACTERS);
  const value = numbers === null ? NaN : numbers.at(row);
  return Number.isNaN(value) ? '' : String(value);
}
