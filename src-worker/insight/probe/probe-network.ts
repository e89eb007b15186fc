import type { Preprocessing } from '../../api';
import type { CompiledNetwork } from '../../engine';
import { decodeOutputs } from '../../inference';
import { ProblemError } from '../../problem';
import { encodeRaw } from '../../proof';
import { sizeOf, type Shape } from '../../tensor';
import type { Probed, ProbedLayer, ProbeInput } from './probe-types';

/** Numbers of a layer that are shown: more have no place on a screen. */
const MOST_SHOWN = 65_536;

/**
 * The forward pass of one raw input in evaluation mode, by the engine of the run: the answer is that of `layerlab predict`.
 * @throws ProblemError where the input does not fit; see `encodeRows`
 */
export function probeNetwork(network: CompiledNetwork, preprocessing: Preprocessing, input: ProbeInput): Probed {
  const start = performance.now();
  const { inputShape } = preprocessing;
  if ('pixels' in input && (preprocessing.pixels === null || input.pixels.length !== sizeOf(inputShape))) {
    throw new ProblemError({
      code: 'probe/other-image',
      message: `This network takes ${preprocessing.pixels === null ? 'rows of a table' : `images of ${inputShape.join(' × ')}`}, not an image of ${input.pixels.length} pixels.`,
      hint: 'Begin with an example of the data that are loaded.',
    });
  }
  const raw =
    'pixels' in input ? { count: 1, rows: [], pixels: input.pixels } : { count: 1, rows: [input.row], pixels: null };
  const x = encodeRaw(preprocessing, raw);
  const layers = network.activations(x, 1).flatMap(({ name, shape: [, ...shape], values }): ProbedLayer[] => {
    if (!name.startsWith('a')) return [];
    return [{ number: Number(name.slice(1)), shape, a: Float32Array.from(values.subarray(0, shownOf(shape))) }];
  });
  const [prediction] = decodeOutputs(preprocessing, network.predict(x, 1), 1);
  return { prediction: prediction!, x: Float32Array.from(x), layers, ms: performance.now() - start };
}

/** Whole channels, or whole units. */
function shownOf(shape: Shape): number {
  const size = sizeOf(shape);
  if (size <= MOST_SHOWN) return size;
  const each = sizeOf(shape.slice(1));
  return Math.max(1, Math.floor(MOST_SHOWN / each)) * each;
}
