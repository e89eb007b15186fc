import { sizeOf } from '../../tensor';
import type { BoundaryRequest, GridAxis } from './boundary-types';
import type { FoundPlane } from './find-plane';

/** Numbers of a grid that is kept, and grids of one plane: the large picture's and that of the units beside it. */
const MOST_KEPT_NUMBERS = 1_000_000;
const MOST_KEPT = 2;

const kept = new WeakMap<FoundPlane, Map<string, Float32Array>>();

/**
 * The network's inputs at the points of a request's grid, row by row: `(from, count) => [count, inputs]`, which belong to this module and are only read.
 * A live picture asks for the same points twenty times a second, and to work them out takes as long as a small network's answers: they are kept.
 */
export function gridInputs(
  found: FoundPlane,
  inputShape: readonly number[],
  { x, y, held = {} }: BoundaryRequest,
  columns: number,
  rows: number,
): (from: number, count: number) => Float32Array {
  const inputs = sizeOf(inputShape);
  const map = found.map(held);
  const write = (from: number, count: number): Float32Array => {
    const piece = new Float32Array(count * inputs);
    for (let n = 0; n < count; n++) {
      const cell = from + n;
      map.write(gridValue(x, cell % columns), gridValue(y, Math.floor(cell / columns)), piece, n * inputs);
    }
    return piece;
  };
  if (rows * columns * inputs > MOST_KEPT_NUMBERS) return write;
  const grids = kept.get(found) ?? new Map<string, Float32Array>();
  kept.set(found, grids);
  const key = JSON.stringify([x, y, held]);
  const whole = grids.get(key) ?? write(0, rows * columns);
  grids.delete(key);
  grids.set(key, whole);
  for (const old of [...grids.keys()].slice(0, Math.max(0, grids.size - MOST_KEPT))) grids.delete(old);
  return (from, count) => whole.subarray(from * inputs, (from + count) * inputs);
}

function gridValue({ min, max, steps }: GridAxis, index: number): number {
  return steps === 1 ? min : min + ((max - min) * index) / (steps - 1);
}
