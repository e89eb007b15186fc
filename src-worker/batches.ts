import { createRandom } from './random';

/** Mini-batches in one epoch, ⌈m / B⌉: the last one may be smaller. CS229 notes (3.32). */
export function batchesPerEpoch(examples: number, batchSize: number): number {
  return Math.ceil(examples / batchSize);
}

/**
 * The order in which an epoch visits the training examples: a permutation of 0 … m − 1 that the caller owns. It is a function
 * of seed and epoch and of nothing else, so going on from a saved run needs no saved generator.
 * @param epoch from 1
 */
export function epochOrder(seed: number, epoch: number, examples: number): Uint32Array {
  return createRandom(seed, 'order', epoch).permutation(examples);
}
