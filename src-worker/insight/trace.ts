import type { FloatArray, NamedTensor, Shape } from '../tensor';

/** One layer's part of a trace, named without the layer's number; null for what its kind does not have. */
export interface LayerTrace {
  readonly number: number;
  readonly outputShape: Shape;
  /** `W`, `b` and whatever else is trained, with the gradient of the cost. */
  readonly parameters: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly values: FloatArray;
    readonly gradient: FloatArray;
  }[];
  /** `[rows, …outputShape]`; null for a layer without an activation. */
  readonly z: FloatArray | null;
  readonly a: FloatArray;
  readonly delta: FloatArray | null;
}

/**
 * The tensors of a trace in the order in which a step makes them: x, y, yHat, then for each layer ℓ, counted from 1 over the
 * whole document, `W{ℓ} b{ℓ} z{ℓ} a{ℓ} delta{ℓ} dW{ℓ} db{ℓ}` as far as it has them.
 *
 * @returns fresh copies of the first `rows` rows, which the caller owns
 */
export function assembleTrace(
  batch: { readonly x: FloatArray; readonly y: FloatArray; readonly rows: number; readonly inputShape: Shape },
  layers: readonly LayerTrace[],
): NamedTensor[] {
  const { x, y, rows, inputShape } = batch;
  const last = layers.at(-1)!;
  const ofRows = (name: string, shape: Shape, values: FloatArray | null): NamedTensor[] => {
    if (values === null) return [];
    const length = shape.reduce((product, n) => product * n, rows);
    return [{ name, shape: [rows, ...shape], values: values.slice(0, length) }];
  };
  return [
    ...ofRows('x', inputShape, x),
    ...ofRows('y', last.outputShape, y),
    ...ofRows('yHat', last.outputShape, last.a),
    ...layers.flatMap(({ number, outputShape, parameters, z, a, delta }) => [
      ...parameters.map(({ name, shape, values }) => ({ name: `${name}${number}`, shape, values: values.slice() })),
      ...ofRows(`z${number}`, outputShape, z),
      ...ofRows(`a${number}`, outputShape, a),
      ...ofRows(`delta${number}`, outputShape, delta),
      ...parameters.map(({ name, shape, gradient }) => ({
        name: `d${name}${number}`,
        shape,
        values: gradient.slice(),
      })),
    ]),
  ];
}
