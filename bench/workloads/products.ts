import { createRandom } from '../../src-worker/random';
import type { ProductVariant, ProductWorkload } from '../contract';

const VARIANTS: readonly ProductVariant[] = ['NN', 'NT', 'TN'];

/** The products of `mnist-mlp` and `wide-mlp`, and squares that grow from the first cache beyond the second. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [64, 784, 128],
  [128, 1024, 1024],
  ...[64, 128, 256, 512, 1024].map((n) => [n, n, n] as const),
];

/** Every size in every variant: training needs all three. */
export const products: readonly ProductWorkload[] = SIZES.flatMap(([m, k, n]) =>
  VARIANTS.map((variant): ProductWorkload => {
    const name = `${variant} ${m}×${k}×${n}`;
    return { kind: 'product', name, title: `C [${m}, ${n}], ${k} terms, ${variant}`, variant, m, k, n };
  }),
);

/** Positive numbers, so that no sum cancels and five digits of it can be asked for. Fresh arrays. */
export function factorsOf({ m, k, n }: ProductWorkload): { readonly a: Float32Array; readonly b: Float32Array } {
  const { uniform } = createRandom(1, 'product', m, k, n);
  return { a: Float32Array.from({ length: m * k }, uniform), b: Float32Array.from({ length: k * n }, uniform) };
}

/** Places in C that are compared: spread over rows and columns, the corners among them. */
export function samplesOf({ m, n }: ProductWorkload): number[] {
  const COUNT = 16;
  return Array.from({ length: COUNT }, (_, i) => {
    const row = Math.round((i * (m - 1)) / (COUNT - 1));
    const column = Math.round((((i * 7) % COUNT) * (n - 1)) / (COUNT - 1));
    return row * n + column;
  });
}
