import type { ForwardLook, LayerLook } from './look-types';
import { evenly, examplesOf, layersOf, momentOf, readExamples, type LookScene } from './look-scene';
import { spreadOf } from './spread';
import { unitHealth } from './unit-health';
import { rowsWithin } from './work';

/** More examples would hardly change a histogram, and a unit that is silent for so many is silent. */
const MOST_EXAMPLES = 256;

/** See `LookApi.lookForward`. The examples are always the same, unvaried, and pass in evaluation. */
export function lookForward(scene: LookScene): Omit<ForwardLook, 'costMs'> {
  const { network } = scene;
  const layers = layersOf(scene);
  const examples = examplesOf(scene, 'train');
  const indices = evenly(examples.count, rowsWithin(layers, MOST_EXAMPLES, 1));
  const { x, count } = readExamples(scene, examples, indices, null);
  const outputs = new Map(
    network
      .activations(
        x,
        count,
        layers.map(({ number }) => `a${number}`),
      )
      .map((each) => [each.name, each.values]),
  );
  const parameters = new Map(network.parameters().map(({ name, values }) => [name, values]));
  return {
    ...momentOf(scene),
    examples: count,
    of: examples.count,
    layers: layers.map((layer, place): LayerLook => {
      const { number, activation, outputShape } = layer;
      const a = outputs.get(`a${number}`)!;
      const last = place === layers.length - 1;
      return {
        number,
        kind: layer.place.layer.kind,
        activation,
        outputShape,
        activations: spreadOf(a),
        health: last ? null : unitHealth(a, outputShape, activation),
      };
    }),
    parameters: layers.flatMap(({ number, parameters: own }) =>
      own
        .filter(({ trained }) => trained)
        .map(({ fullName }) => ({ name: fullName, layer: number, values: spreadOf(parameters.get(fullName)!) })),
    ),
  };
}
