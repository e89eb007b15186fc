import Papa from 'papaparse';
import { isHole, parseNumber } from '../cell';

/** How a table is written as text. */
export interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  readonly header: boolean;
}

/**
 * The order decides between delimiters that fit equally well: a comma is also a decimal comma, while the others seldom
 * stand in a cell the same number of times in every row.
 */
const DELIMITERS = ['\t', ';', '|', ','] as const;
const SAMPLE_ROWS = 200;

/** Guesses the dialect from the beginning of a file. `complete` says that the sample is the whole file. */
export function guessDialect(sample: string, complete: boolean): Dialect {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
  const candidates = DELIMITERS.map((delimiter) => judge(delimiter, parseSample(sample, complete, delimiter, newline)));
  const best =
    highest(candidates.filter((candidate) => candidate.headerWidth >= 2)) ??
    highest(candidates.filter((candidate) => candidate.usualWidth >= 2 && candidate.usualShare > 0.5));
  const { delimiter, rows } = best ?? candidates.at(-1)!;
  return { delimiter, newline, header: hasHeader(rows, delimiter) };
}

interface Candidate {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  readonly headerWidth: number;
  /** Share of the rows that are as wide as the first one: the header knows how many columns there are. */
  readonly share: number;
  readonly usualWidth: number;
  readonly usualShare: number;
}

function judge(delimiter: string, rows: readonly (readonly string[])[]): Candidate {
  const headerWidth = rows[0]?.length ?? 0;
  const widths = new Map<number, number>();
  let alike = 0;
  for (const row of rows) {
    widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    if (row.length === headerWidth || row.slice(headerWidth).every((cell) => cell.trim() === '')) {
      if (row.length >= headerWidth) alike++;
    }
  }
  const [usualWidth, usualCount] = [...widths].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  const total = Math.max(1, rows.length);
  return { delimiter, rows, headerWidth, share: alike / total, usualWidth, usualShare: usualCount / total };
}

function highest(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>((best, next) => (best && best.share >= next.share ? best : next), null);
}

function parseSample(sample: string, complete: boolean, delimiter: string, newline: string): string[][] {
  const parse = (ignoreLastRow: boolean): string[][] =>
    new Papa.Parser({ delimiter, newline: newline as '\n' }).parse(sample, 0, ignoreLastRow).data as string[][];
  let rows = parse(!complete);
  if (rows.length === 0) rows = parse(false);
  return rows.filter((row) => row.length > 1 || row[0]!.trim() !== '').slice(0, SAMPLE_ROWS);
}

/**
 * Whether the first row names the columns: none of its cells is a number, and it stands above a column of numbers; in a table of
 * texts alone, its cells are all different and none appears again below itself.
 */
function hasHeader(rows: readonly (readonly string[])[], delimiter: string): boolean {
  const first = rows[0]?.map((cell) => cell.trim()) ?? [];
  const rest = rows.slice(1);
  if (first.some((cell) => isNumber(cell, delimiter))) return false;
  if (rest.length === 0) return true;
  const below = first.map((_, index) => rest.map((row) => row[index]?.trim() ?? '').filter((cell) => !isHole(cell)));
  const aboveNumbers = first.some((cell, index) => {
    const numbers = below[index]!.filter((text) => isNumber(text, delimiter)).length;
    return !isHole(cell) && numbers > 0 && numbers >= 0.8 * below[index]!.length;
  });
  if (aboveNumbers) return true;
  return (
    new Set(first).size === first.length && first.every((cell, index) => !isHole(cell) && !below[index]!.includes(cell))
  );
}

function isNumber(text: string, delimiter: string): boolean {
  if (isHole(text)) return false;
  return (
    !Number.isNaN(parseNumber(text, 'point')) ||
    !Number.isNaN(parseNumber(text, delimiter === ',' ? 'grouped' : 'comma'))
  );
}
