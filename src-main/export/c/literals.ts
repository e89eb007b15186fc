import { wrap } from '../code-text';
import type { Weights } from '../program';

/** A text as a literal of bytes in UTF-8: all but plain signs in octal, so that no reader can take them for something else. */
export function cString(text: string): string {
  const signs = Array.from(new TextEncoder().encode(text), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[A-Za-z0-9 .,:;()+\-_=/*'!]/.test(sign) ? sign : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  // A literal that both holds and ends a comment would be none; in a literal of its own the pair is torn apart.
  return `"${signs.join('').replaceAll('*/', '*""/').replaceAll('/*', '/""*')}"`;
}

/** A number to the bit, as C99 writes it in base 16. */
export function hexFloat(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INFINITY' : '-INFINITY';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const sign = bits >> 63n === 1n ? '-' : '';
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '');
  if (exponent === 0 && fraction === '') return `${sign}0.0`;
  const point = fraction === '' ? '' : `.${fraction}`;
  return exponent === 0 ? `${sign}0x0${point}p-1022` : `${sign}0x1${point}p${exponent - 1023}`;
}

/** One array, one row of its last dimension after the other. */
export function cWeights({ name, shape, values }: Weights): string {
  const perLine = shape.at(-1)!;
  const lines: string[] = [];
  for (let from = 0; from < values.length; from += perLine) {
    lines.push(wrap(Array.from(values.subarray(from, from + perLine), floatText), '  '));
  }
  return `static const float ${name}[${values.length}] = { /* [${shape.join(', ')}] */\n${lines.join('\n')}\n};`;
}

function floatText(value: number): string {
  return Number.isFinite(value) ? `${hexFloat(value)}f` : hexFloat(value);
}
