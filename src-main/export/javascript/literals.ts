import { quote, shortestFloat32, wrap } from '../code-text';
import type { Weights } from '../program';

/** A float64 as JavaScript reads it back to the bit. */
export function scriptNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A cell of a row: a text, a number or null. */
export function scriptCell(cell: string | number | null): string {
  if (cell === null) return 'null';
  return typeof cell === 'number' ? scriptNumber(cell) : quote(cell);
}

/** `["a", "b"]`, over several lines where it is long. */
export function scriptList(items: readonly string[]): string {
  const one = `[${items.join(', ')}]`;
  return one.length <= 100 ? one : `[\n${wrap(items, '  ')}\n]`;
}

/** `const W1 = new Float32Array([…]); // [units, inputs]`, one row of the last dimension after the other. */
export function scriptWeights({ name, shape, values }: Weights): string {
  const perLine = shape.at(-1)!;
  const lines: string[] = [];
  for (let from = 0; from < values.length; from += perLine) {
    lines.push(wrap(Array.from(values.subarray(from, from + perLine), weightText), '  '));
  }
  return `/** [${shape.join(', ')}] */\nconst ${name} = new Float32Array([\n${lines.join('\n')}\n]);`;
}

function weightText(value: number): string {
  return Number.isFinite(value) ? shortestFloat32(value).replace(/\.0$/, '') : String(value);
}

/** An object whose key may be any text: in brackets, because `"__proto__": …` would set the prototype. */
export function scriptRow(entries: readonly (readonly [string, string | number | null])[]): string {
  const cells = entries.map(([column, cell]) => `[${quote(column)}]: ${scriptCell(cell)}`);
  return `{ ${cells.join(', ')} }`;
}
