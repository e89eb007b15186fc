import type { NamedTensor } from '../tensor';

/**
 * `{ "x": [[…], …], "loss": 0.69, … }`: arrays nested by their shape. Every number reads back to the same bits; what JSON has no
 * number for is one of the strings "NaN", "Infinity", "-Infinity".
 */
export function traceToJson(tensors: readonly NamedTensor[]): string {
  const entries = tensors.map((tensor) => `  ${JSON.stringify(tensor.name)}: ${nest(tensor)}`);
  return `{\n${entries.join(',\n')}\n}\n`;
}

function nest({ shape, values }: NamedTensor): string {
  const build = (dimension: number, first: number, length: number): string => {
    const count = shape[dimension];
    if (count === undefined) return encodeNumber(values[first] ?? NaN);
    const inner = length / count;
    return `[${Array.from({ length: count }, (_, i) => build(dimension + 1, first + i * inner, inner)).join(', ')}]`;
  };
  return build(0, 0, values.length);
}

/** By hand, because JSON.stringify writes −0, which is a number in JSON, as 0, and NaN as null. */
function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
