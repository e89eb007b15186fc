/** How people write "no value here"; compared without regard to case. */
export const HOLES: ReadonlySet<string> = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '?', '-']);

/** Whether a trimmed cell says that the value is missing. */
export function isHole(text: string): boolean {
  return text.length <= 4 && HOLES.has(text.toLowerCase());
}

/**
 * How a column writes its numbers: `point` 1234.5, `comma` 1.234,5 or 1234,5, `grouped` 1,234.5. One column has one syntax,
 * because 1,234 alone could be either.
 */
export type NumberSyntax = 'point' | 'comma' | 'grouped';

const patterns: { readonly [S in NumberSyntax]: RegExp } = {
  point: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  comma: /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+|(?=,\d))(?:,\d*)?(?:[eE][+-]?\d+)?$/,
  grouped: /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/,
};

/** The number that a trimmed cell holds; NaN where it holds none, or one beyond the range of float32. */
export function parseNumber(text: string, syntax: NumberSyntax): number {
  if (patterns.point.test(text)) {
    if (syntax !== 'comma' || !/^[+-]?\d{1,3}(?:\.\d{3})+$/.test(text)) return inRange(Number(text));
  }
  if (syntax === 'point' || !patterns[syntax].test(text)) return NaN;
  const plain = syntax === 'comma' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  return inRange(Number(plain));
}

/**
 * The syntax in which most of the texts are numbers. Where two read the same number of them, the point wins; between the other two
 * the delimiter decides, since a file that separates cells by commas uses them to group digits, and any other for decimals.
 */
export function guessNumberSyntax(texts: Iterable<string>, delimiter: string): NumberSyntax {
  const counts = { point: 0, comma: 0, grouped: 0 };
  for (const text of texts) {
    if (!Number.isNaN(parseNumber(text, 'point'))) counts.point++;
    if (!Number.isNaN(parseNumber(text, 'comma'))) counts.comma++;
    if (!Number.isNaN(parseNumber(text, 'grouped'))) counts.grouped++;
  }
  const order: NumberSyntax[] = delimiter === ',' ? ['point', 'grouped', 'comma'] : ['point', 'comma', 'grouped'];
  return order.reduce((best, syntax) => (counts[syntax] > counts[best] ? syntax : best));
}

/** A number in one cell that stands alone, such as one typed into a form: decimal point first, then decimal comma. */
export function parseLoneNumber(text: string): number {
  const value = parseNumber(text, 'point');
  return Number.isNaN(value) ? parseNumber(text, 'comma') : value;
}

/** The largest float32: what is beyond it would reach the network as infinity. */
export const MAX_FLOAT32 = 3.4028234663852886e38;

function inRange(value: number): number {
  return Math.abs(value) <= MAX_FLOAT32 ? value : NaN;
}
