import { decodeOutputs } from '../../inference';
import { predictedClass } from '../../metrics/predicted-class';
import { ProblemError } from '../../problem';
import type { Preprocessing } from '../../api';
import type { ResolvedLayer } from '../../shape';
import { sizeOf, type FloatArray } from '../../tensor';
import { examplesOf, layersOf, momentOf, narrow, readExamples, type LookScene } from './look-scene';
import type { ExampleLayer, ExampleLook, ExampleRequest, FindRequest, FoundExample } from './look-types';
import { rowsWithin } from './work';

/** Numbers of one answer; what the layers put out beyond that is left out. */
const MOST_NUMBERS = 2_000_000;
/** Of a search, before the worker is free for something else. */
const SEARCH_MS = 30;

/**
 * See `LookApi.lookAtExample`.
 * @throws ProblemError where the part has no such example
 */
export function lookAtExample(scene: LookScene, { part, index }: ExampleRequest): Omit<ExampleLook, 'costMs'> {
  const { network, prepared } = scene;
  const { preprocessing } = prepared;
  const examples = examplesOf(scene, part);
  if (!Number.isSafeInteger(index) || index < 0 || index >= examples.count) {
    throw new ProblemError({
      code: 'look/no-example',
      message: `The ${part} part has examples 1 to ${examples.count}, but no example ${index + 1}.`,
      hint: 'Choose another example, or another part.',
    });
  }
  const { x, y } = readExamples(scene, examples, Uint32Array.of(index), null);
  const layers = layersOf(scene);
  const shown = within(layers, MOST_NUMBERS);
  const names = [...shown, layers.at(-1)!].flatMap(({ number }) => [`z${number}`, `a${number}`]);
  const outputs = new Map(network.activations(x, 1, names).map(({ name, values }) => [name, values]));
  const filters = new Map(network.parameters().map((tensor) => [tensor.name, tensor]));
  const yHat = outputs.get(`a${layers.at(-1)!.number}`)!;
  const [target, answer] = [y, yHat].map((values) => decodeOutputs(preprocessing, values, 1)[0]!.answer);
  return {
    ...momentOf(scene),
    ...{ part, index, of: examples.count, inputShape: preprocessing.inputShape, x: narrow(x) },
    pixels: pixelsOf(preprocessing, x),
    target: target!,
    answer: answer!,
    right: preprocessing.task === 'regression' ? null : target === answer,
    layers: shown.map(({ number, place, activation, outputShape }): ExampleLayer => {
      const z = outputs.get(`z${number}`);
      const W = place.layer.kind === 'conv2d' ? filters.get(`W${number}`) : undefined;
      return {
        ...{ number, kind: place.layer.kind, activation, outputShape },
        a: narrow(outputs.get(`a${number}`)!),
        z: z === undefined ? null : narrow(z),
        W: W === undefined ? null : { shape: W.shape, values: narrow(W.values) },
      };
    }),
    leftOut: layers.filter((layer) => !shown.includes(layer)).map(({ number }) => number),
  };
}

/** See `LookApi.findExample`. */
export function findExample(scene: LookScene, { part, kind, from, by, passed }: FindRequest): FoundExample {
  const examples = examplesOf(scene, part);
  const { count: of, targets } = examples;
  const { outputs, network } = scene;
  /** The place behind so many others, round the ends. */
  const placeOf = (steps: number): number => (((from + by * (steps + 1)) % of) + of) % of;
  if (kind !== 'wrong') {
    for (let at = passed; at < of; at++) {
      const index = placeOf(at);
      if (predictedClass(targets, index, outputs) === kind.ofClass) return { index, passed: at, of };
    }
    return { index: null, passed: of, of };
  }
  const slice = rowsWithin(layersOf(scene), 128, 1);
  const deadline = performance.now() + SEARCH_MS;
  let at = passed;
  do {
    const indices = Uint32Array.from({ length: Math.min(slice, of - at) }, (_, k) => placeOf(at + k));
    const { x, y, count } = readExamples(scene, examples, indices, null);
    const yHat = network.predict(x, count);
    for (let row = 0; row < count; row++) {
      if (predictedClass(yHat, row, outputs) === predictedClass(y, row, outputs)) continue;
      return { index: indices[row]!, passed: at + row, of };
    }
    at += count;
  } while (at < of && performance.now() < deadline);
  return { index: null, passed: at, of };
}

/** The first layers whose outputs, z and a, stay below so many numbers. */
function within(layers: readonly ResolvedLayer[], most: number): ResolvedLayer[] {
  let sum = 0;
  return layers.filter(({ outputShape }) => (sum += 2 * sizeOf(outputShape)) <= most);
}

/** The image as the file had it: byte = x / scale + offset. */
function pixelsOf({ pixels, inputShape }: Preprocessing, x: FloatArray): Uint8Array | null {
  if (pixels === null) return null;
  const plane = sizeOf(inputShape.slice(1));
  return Uint8Array.from(x, (value, i) => {
    const channel = Math.floor(i / plane);
    return Math.max(0, Math.min(255, Math.round(value / pixels.scale[channel]! + pixels.offset[channel]!)));
  });
}
