import type { Column } from '../column';
import { PREVIEW_CHARACTERS } from '../limits';

/** Figures of a number that was drawn or painted here: more say nothing. */
const FIGURES = 6;

/** Whether the column still has what its cells said: too many different texts are not kept. */
export function keepsCells({ codes, numbers }: Column): boolean {
  return codes !== null || numbers !== null;
}

/**
 * Writes the cells of a column as text again: texts as they were, numbers as the shortest decimal that is the same number, dates as ISO
 * 8601 writes them.
 *
 * @param short whether numbers are cut to six figures
 * @returns a function from row to text; null for a hole, and for every cell of a column that {@link keepsCells} denies
 */
export function cellWriter(column: Column, short: boolean): (row: number) => string | null {
  const { codes, texts, numbers, values, known } = column;
  const write = (value: number): string => {
    if (known === 'date') return writeDate(value);
    return String(short ? Number(value.toPrecision(FIGURES)) : value);
  };
  if (codes !== null) {
    const asNumber = short || known === 'date';
    return (row) => {
      const code = codes[row]!;
      if (code === 0) return null;
      return asNumber && !Number.isNaN(values[code]!)
        ? write(values[code]!)
        : texts[code]!.slice(0, PREVIEW_CHARACTERS);
    };
  }
  if (numbers === null) return () => null;
  return (row) => {
    const value = numbers.at(row);
    return Number.isNaN(value) ? null : write(value);
  };
}

function writeDate(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
