import { predictedClass } from '../../metrics/predicted-class';
import { ProblemError } from '../../problem';
import { sizeOf } from '../../tensor';
import { evenly, examplesOf, layersOf, momentOf, readExamples, type LookScene } from './look-scene';
import type { BatchLook, BatchRequest } from './look-types';
import { rowsWithin } from './work';

/** What a screen has room for. */
const MOST_EXAMPLES = 256;
const MOST_UNITS = 1024;

/**
 * See `LookApi.lookAtBatch`. The examples are evenly drawn from the part.
 * @throws ProblemError where the network has no such layer
 */
export function lookAtBatch(scene: LookScene, { part, layer: number }: BatchRequest): Omit<BatchLook, 'costMs'> {
  const { network, outputs, prepared } = scene;
  const { task, target } = prepared.preprocessing;
  const layers = layersOf(scene);
  const layer = layers.find((each) => each.number === number);
  if (layer === undefined) {
    throw new ProblemError({
      code: 'look/no-layer',
      message: `This network has no layer ${number} that computes.`,
      hint: 'Choose one of its layers.',
    });
  }
  const examples = examplesOf(scene, part);
  const drawn = evenly(examples.count, rowsWithin(layers, MOST_EXAMPLES, 1));
  const targetOf = (index: number): number =>
    task === 'regression'
      ? examples.targets[index * outputs]! * target.deviation + target.mean
      : predictedClass(examples.targets, index, outputs);
  const indices = drawn.slice().sort((p, q) => targetOf(p) - targetOf(q) || p - q);
  const { x, count } = readExamples(scene, examples, indices, null);
  const a = network.activations(x, count, [`a${number}`])[0]!.values;
  const [allUnits = 1, ...plane] = layer.outputShape;
  const positions = sizeOf(plane);
  const units = Math.min(allUnits, MOST_UNITS);
  const values = new Float32Array(units * count);
  for (let unit = 0; unit < units; unit++) {
    for (let row = 0; row < count; row++) {
      const start = (row * allUnits + unit) * positions;
      let sum = 0;
      for (let i = start; i < start + positions; i++) sum += a[i]!;
      values[unit * count + row] = sum / positions;
    }
  }
  return {
    ...momentOf(scene),
    ...{ part, layer: number, indices, of: examples.count, targets: Float32Array.from(indices, targetOf) },
    ...{ units, allUnits, averaged: positions > 1, values },
  };
}
