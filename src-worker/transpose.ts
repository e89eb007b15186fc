import type { FloatArray, Shape } from './tensor';

/** The array with its axes in another order, as `numpy.transpose`: axis k of the result is axis `order[k]` of what comes in. Fresh. */
export function transpose(values: FloatArray, shape: Shape, order: readonly number[]): FloatArray {
  const result = values instanceof Float64Array ? new Float64Array(values.length) : new Float32Array(values.length);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  const sizes = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const place = order.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    result[to] = values[from]!;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++place[axis]! < sizes[axis]!) break;
      from -= steps[axis]! * sizes[axis]!;
      place[axis] = 0;
    }
  }
  return result;
}
