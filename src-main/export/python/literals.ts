import type { FloatArray } from '../../../src-worker/tensor';
import { quotePython, shortestFloat32, wrap } from '../code-text';

/** A float64 as Python reads it back to the bit. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'math.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'math.inf' : '-math.inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A cell of a row: a text, a number or nothing. */
export function pythonCell(cell: string | number | null): string {
  if (cell === null) return 'None';
  return typeof cell === 'number' ? pythonNumber(cell) : quotePython(cell);
}

/** `["a", "b"]`, over several lines where it is long. */
export function pythonList(items: readonly string[]): string {
  const one = `[${items.join(', ')}]`;
  return one.length <= 100 ? one : `[\n${wrap(items, '    ')}\n]`;
}

/** float32 numbers as words of a text, which Python reads a hundred times faster than a list of so many literals. */
export function numberText(values: FloatArray, perLine: number): string {
  const lines: string[] = [];
  for (let from = 0; from < values.length; from += perLine) {
    const row = Array.from(values.subarray(from, from + perLine), weightText);
    lines.push(wrapWords(row));
  }
  return lines.join('\n');
}

function weightText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return shortestFloat32(value);
}

function wrapWords(words: readonly string[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const word of words) {
    if (line.length + word.length > 118) {
      lines.push(line);
      line = '    ';
    }
    line += ` ${word}`;
  }
  lines.push(line);
  return lines.join('\n');
}
