import type { NamedTensor } from '../../../src-worker/tensor';
import { exactNumber } from '../../exact-json';
import type { TraceFormat } from './trace-format';

/**
 * `{ "x": [[…], …], "loss": 0.69, … }`: arrays nested by their shape. Every number reads back to the same bits; what JSON
 * cannot write is one of the strings "NaN", "Infinity", "-Infinity", "-0".
 */
export const json: TraceFormat = {
  extension: '.json',
  encode: (tensors) => {
    const entries = tensors.map((tensor) => `  ${JSON.stringify(tensor.name)}: ${JSON.stringify(nest(tensor))}`);
    return Promise.resolve(new TextEncoder().encode(`{\n${entries.join(',\n')}\n}\n`));
  },
};

type Nested = number | string | readonly Nested[];

function nest({ shape, values }: NamedTensor): Nested {
  const build = (dimension: number, first: number, length: number): Nested => {
    const count = shape[dimension];
    if (count === undefined) return exactNumber(values[first] ?? NaN);
    return Array.from({ length: count }, (_, i) => build(dimension + 1, first + (i * length) / count, length / count));
  };
  return build(0, 0, values.length);
}
