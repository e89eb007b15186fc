import type { ResolvedLayer } from '../../shape';
import { sizeOf } from '../../tensor';

/** Products of one forward pass that a look may take, which is some tens of milliseconds. */
const MOST_PRODUCTS = 250_000_000;
/** Numbers that the layers may put out in it. */
const MOST_NUMBERS = 4_000_000;

/** Products of one row on its way forward. */
export function productsPerRow(layers: readonly ResolvedLayer[]): number {
  return layers.reduce((sum, { outputShape, parameters }) => {
    const W = parameters.find(({ name }) => name === 'W');
    return sum + (W === undefined ? 0 : sizeOf(outputShape) * W.fanIn);
  }, 0);
}

/** Numbers that the layers put out for one row, the input among them. */
export function numbersPerRow(layers: readonly ResolvedLayer[]): number {
  return layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), sizeOf(layers[0]?.inputShape ?? []));
}

/**
 * Rows that a look may send through, at least one.
 * @param passes how often a row goes through: 1 forward, 3 with the way back, whose products are two for each
 */
export function rowsWithin(layers: readonly ResolvedLayer[], most: number, passes: 1 | 3): number {
  const products = MOST_PRODUCTS / Math.max(1, passes * productsPerRow(layers));
  const numbers = MOST_NUMBERS / Math.max(1, passes * numbersPerRow(layers));
  return Math.max(1, Math.min(most, Math.floor(products), Math.floor(numbers)));
}

/** Whether a whole training step on so many rows is short enough to try. */
export function maySpend(layers: readonly ResolvedLayer[], rows: number): boolean {
  return rows * 3 * productsPerRow(layers) <= 4 * MOST_PRODUCTS;
}
