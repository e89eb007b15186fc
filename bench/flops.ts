import type { TrainingWorkload, Workload } from './contract';
import { shapedLayers, sizeOf } from './shapes';

/**
 * Floating-point operations of one step, a multiplication and an addition counting two. Of training only the products are
 * counted, which every peer must make:
 *
 *   forward  z = W x + b      2 · |W| · positions · B
 *   dW       delta xᵀ         the same
 *   dx       Wᵀ delta         the same, but not for the first layer, whose x nobody differentiates
 *
 * |W| the number of weights, positions 1 for dense and height · width of the output for conv2d, B the batch. What is not
 * counted (activations, loss, update) makes the share of the peak look smaller than it is, never larger.
 */
export function flopsOf(workload: Workload): number {
  if (workload.kind === 'reading') return 0;
  if (workload.kind === 'product') return 2 * workload.m * workload.n * workload.k;
  return forwardFlops(workload).reduce((total, forward, l) => total + forward * (l === 0 ? 2 : 3), 0);
}

function forwardFlops(workload: TrainingWorkload): number[] {
  return shapedLayers(workload).map(({ weightShape, outputShape: [, ...positions] }) =>
    weightShape === null ? 0 : 2 * sizeOf(weightShape) * sizeOf(positions) * workload.training.batchSize,
  );
}
