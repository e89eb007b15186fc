import { createRandom } from '../../src-worker/random';
import type { InitialLayer, TrainingWorkload } from '../contract';
import { shapedLayers, sizeOf } from '../shapes';

/**
 * The weights every peer starts from: normal with deviation √(2/n) for relu (He) and √(1/n) otherwise (Xavier's first
 * form), n the inputs of a unit; biases 0. From a fixed seed; fresh arrays, null for layers without weights.
 */
export function initialWeights(workload: TrainingWorkload): (InitialLayer | null)[] {
  const { normal } = createRandom(1, workload.name, 'weights');
  return shapedLayers(workload).map(({ layer, weightShape }) => {
    if (weightShape === null || layer.kind === 'max-pool2d') return null;
    const [units = 0, ...fan] = weightShape;
    const deviation = Math.sqrt((layer.activation === 'relu' ? 2 : 1) / sizeOf(fan));
    const W = Float32Array.from({ length: sizeOf(weightShape) }, () => normal() * deviation);
    return { W, b: new Float32Array(units) };
  });
}
