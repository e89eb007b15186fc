import { createRandom } from '../../src-worker/random';
import type { InitialLayer, Workload } from '../contract';

/**
 * The weights every peer starts from: normal with deviation √(2/n) for relu (He) and √(1/n) otherwise (Xavier's first
 * form), n inputs of the layer; biases 0. From a fixed seed; fresh arrays, `W` as `[units, inputs]`.
 */
export function initialWeights(workload: Workload): InitialLayer[] {
  const { normal } = createRandom(1, workload.name, 'weights');
  let inputs = workload.inputs;
  return workload.layers.map(({ units, activation }) => {
    const deviation = Math.sqrt((activation === 'relu' ? 2 : 1) / inputs);
    const W = Float32Array.from({ length: units * inputs }, () => normal() * deviation);
    inputs = units;
    return { W, b: new Float32Array(units) };
  });
}
