import type { Precision } from './engine';
import type { ResolvedLayer } from './shape';
import { createFloats, sizeOf, type FloatArray, type NamedTensor } from './tensor';

/** One array of a layer over all rows of a forward pass, filled slice by slice. */
export interface GatheredOutput {
  /** Place of the layer among those that compute, from 0. */
  readonly layer: number;
  readonly of: 'z' | 'a';
  /** Numbers of one row. */
  readonly columns: number;
  readonly tensor: NamedTensor;
}

/**
 * Room for z{l} of the layers with an activation and a{l} of all.
 * @param names only these; all where left out
 */
export function gatherOutputs(
  layers: readonly ResolvedLayer[],
  rows: number,
  precision: Precision,
  names?: readonly string[],
): GatheredOutput[] {
  return layers.flatMap(({ number, outputShape, activation }, layer) => {
    const columns = sizeOf(outputShape);
    const arrays = activation === null ? (['a'] as const) : (['z', 'a'] as const);
    return arrays
      .filter((of) => names === undefined || names.includes(`${of}${number}`))
      .map((of) => {
        const values = createFloats(rows * columns, precision);
        return { layer, of, columns, tensor: { name: `${of}${number}`, shape: [rows, ...outputShape], values } };
      });
  });
}

/** Copies the slice that a pass has just computed to its place. */
export function takeSlice({ columns, tensor }: GatheredOutput, computed: FloatArray, from: number, rows: number): void {
  tensor.values.set(computed.subarray(0, rows * columns), from * columns);
}
