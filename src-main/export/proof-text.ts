import type { Preprocessing, Proof } from '../../src-worker/api';
import { sizeOf } from '../../src-worker/tensor';
import { stringifyExactly } from '../exact-json';

/**
 * A proof as JSON for the metadata of a format: `rows` as the columns name them, or `pixels` as one list per image in the order of
 * `[channels, height, width]`, and the app's ŷ as one list per row in `outputs`. What is no number stands there as a word.
 */
export function proofText({ count, rows, pixels, outputs }: Proof, { inputShape }: Preprocessing): string {
  const lists = (values: ArrayLike<number>, length: number): number[][] =>
    Array.from({ length: count }, (_, row) => Array.from({ length }, (_each, i) => values[row * length + i]!));
  return stringifyExactly({
    ...(pixels === null ? { rows } : { pixels: lists(pixels, sizeOf(inputShape)) }),
    outputs: lists(outputs, outputs.length / Math.max(1, count)),
  });
}
