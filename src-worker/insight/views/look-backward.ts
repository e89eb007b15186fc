import { euclideanNorm } from '../../kernels/reference';
import type { FloatArray, NamedTensor } from '../../tensor';
import type { BackwardLook, ParameterLook } from './look-types';
import { examplesOf, layersOf, momentOf, readExamples, type LookScene } from './look-scene';
import { spreadOf } from './spread';
import { maySpend, rowsWithin } from './work';

/** See `LookApi.lookBackward`. */
export function lookBackward(scene: LookScene): Omit<BackwardLook, 'costMs'> {
  const { walk, network } = scene;
  const layers = layersOf(scene);
  const moment = momentOf(scene);
  const batch = walk.nextBatch();
  const gradients = gradientsOf(scene, batch);
  const before = byName(network.parameters());
  const after = maySpend(layers, batch.length) ? byName(afterNextStep(scene) ?? []) : null;
  const parameters = layers.flatMap(({ number, parameters: own }) =>
    own
      .filter(({ trained }) => trained)
      .map(({ fullName }): ParameterLook => {
        const values = before.get(fullName)!;
        const moved = after?.get(fullName);
        return {
          name: fullName,
          layer: number,
          norm: euclideanNorm([values]),
          gradient: spreadOf(gradients.values.get(`d${fullName}`)!),
          update: moved === undefined ? null : spreadOf(difference(moved, values)),
        };
      }),
  );
  return { ...moment, batch: batch.length, examples: gradients.examples, parameters };
}

/** ∂J/∂(W, b) of as many examples of the batch as may pass, L1 and L2 included, by their names in the trace. */
export function gradientsOf(scene: LookScene, batch = scene.walk.nextBatch()) {
  const { network, walk } = scene;
  const examples = examplesOf(scene, 'train');
  const indices = batch.slice(0, rowsWithin(layersOf(scene), batch.length, 3));
  const { x, y, count } = readExamples(scene, examples, indices, walk.epoch + 1);
  const traced = network.trace(x, y, count, examples.weightsOf(indices));
  return { values: byName(traced.tensors), examples: count };
}

/** The parameters behind the update that comes next; null where that is not finite. The run stays where it was, to the bit. */
function afterNextStep({ walk, network }: LookScene): readonly NamedTensor[] | null {
  const here = walk.checkpoint();
  const { lastRate, lastNorm } = walk;
  const { finite } = walk.run(1);
  const after = finite ? network.parameters() : null;
  walk.goTo(here);
  walk.lastRate = lastRate;
  walk.lastNorm = lastNorm;
  return after;
}

function difference(a: FloatArray, b: FloatArray): FloatArray {
  const result = a.slice();
  for (let i = 0; i < b.length; i++) result[i]! -= b[i]!;
  return result;
}

function byName(tensors: readonly NamedTensor[]): Map<string, NamedTensor['values']> {
  return new Map(tensors.map(({ name, values }) => [name, values]));
}
