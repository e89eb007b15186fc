import { parametersOf } from '../../parameter-edit';
import type { ResolvedLayer } from '../../shape';
import { sizeOf, type Shape } from '../../tensor';
import { gradientsOf } from './look-backward';
import { layersOf, momentOf, narrow, type LookScene } from './look-scene';
import type { WeightArray, WeightsLook, WeightsRequest } from './look-types';

/** Numbers of one answer: a megapixel. */
const MOST_NUMBERS = 2 ** 20;

/** See `LookApi.lookAtWeights`. */
export function lookAtWeights(scene: LookScene, request: WeightsRequest): Omit<WeightsLook, 'costMs'> {
  const layers = layersOf(scene);
  const arrays = layers.flatMap((_, place) => arraysOf(layers, place));
  const array = arrays.find(({ name }) => name === request.name) ?? arrays[0];
  const tensor = array && parametersOf(scene.network, [array.name])[0];
  if (tensor === undefined || array === undefined) return { ...momentOf(scene), arrays, chosen: null };
  const [all = 1, ...rest] = array.shape;
  const each = sizeOf(rest);
  const from = Math.max(0, Math.min(all - 1, Math.floor(request.from)));
  const units = Math.min(all - from, Math.max(1, Math.floor(MOST_NUMBERS / each)));
  const gradient = request.gradient && array.trained ? gradientsOf(scene).values.get(`d${array.name}`) : undefined;
  const ofUnits = (values: typeof tensor.values): Float32Array =>
    narrow(values.subarray(from * each, (from + units) * each));
  return {
    ...momentOf(scene),
    arrays,
    chosen: {
      ...{ array, from, units },
      values: ofUnits(tensor.values),
      gradient: gradient === undefined ? null : ofUnits(gradient),
    },
  };
}

function arraysOf(layers: readonly ResolvedLayer[], place: number): WeightArray[] {
  const { number, place: at, parameters } = layers[place]!;
  return parameters.map(({ fullName, name, shape, trained }) => ({
    ...{ name: fullName, symbol: name, layer: number, kind: at.layer.kind, shape, trained },
    ...(name === 'W' ? pictureOf(layers, place, shape) : { picture: null, first: false }),
  }));
}

/** The image that the weights of one unit lie over: what a filter sees, or what comes in before it was made flat. */
function pictureOf(layers: readonly ResolvedLayer[], place: number, W: Shape): Pick<WeightArray, 'picture' | 'first'> {
  let first = place;
  // Layers without weights that keep the size hand the image through, number by number.
  while (first > 0 && keeps(layers[first - 1]!)) first--;
  const image = layers.slice(first, place + 1).findLast(({ inputShape }) => isImage(inputShape))?.inputShape ?? null;
  return { picture: W.length === 4 ? W.slice(1) : image, first: first === 0 };
}

function keeps({ parameters, inputShape, outputShape, activation }: ResolvedLayer): boolean {
  return (
    parameters.every(({ name }) => name !== 'W') && activation === null && sizeOf(inputShape) === sizeOf(outputShape)
  );
}

function isImage([, height = 1, width = 1]: Shape): boolean {
  return height * width > 1;
}
