import { layers as layerKinds, type LayerDefinition } from '../layers';
import { resolveNetwork, type ResolvedLayer } from '../shape';
import { sizeOf, type FloatArray, type NamedTensor, type Shape } from '../tensor';
import { transpose } from '../transpose';
import type { NetworkSpec } from './document';

/** Where one array of the network comes from. */
export interface WeightMatch {
  /** The network's name for it, such as `W1`, with its layer as a person calls it. */
  readonly parameter: string;
  readonly layer: string;
  readonly shape: Shape;
  /** The file's array; null where none fits. */
  readonly source: string | null;
  /** By what it was found. */
  readonly by: 'name' | 'order' | 'choice' | null;
  /** Its axes in another order than the network's, such as Keras’s `[inputs, units]`. */
  readonly transposed: boolean;
}

/** How the axes of an array may lie elsewhere: Keras keeps units and filters last. */
const ORDERS: Readonly<Record<number, readonly number[]>> = { 2: [1, 0], 4: [3, 2, 0, 1] };

/** Words of other programs for our arrays, as the ends of their names. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  W: ['weight', 'kernel', 'w'],
  b: ['bias', 'b'],
  gamma: ['gamma', 'weight', 'scale'],
  beta: ['beta', 'bias'],
  mean: ['running_mean', 'moving_mean', 'mean'],
  variance: ['running_var', 'moving_variance', 'variance', 'var'],
};

/**
 * Finds for every array of a network the one of a file: by the network's own names where the file has them; else in order, layer by layer, among
 * arrays of the right shape whose name does not say something else.
 *
 * @param chosen the person's own choice by the network's name, before anything else; empty text for one that nothing goes to
 */
export function matchWeights(
  tensors: readonly NamedTensor[],
  network: NetworkSpec,
  inputShape: Shape,
  chosen: Readonly<Record<string, string>> = {},
): readonly WeightMatch[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const taken = new Set(Object.values(chosen));
  return resolveNetwork(network, inputShape).flatMap((layer) =>
    layer.parameters.map(({ name, fullName, shape }): WeightMatch => {
      const wanted = Object.hasOwn(chosen, fullName) ? chosen[fullName]! : fullName;
      const named = wanted === '' ? undefined : byName.get(wanted);
      const free = (tensor: NamedTensor): boolean => !taken.has(tensor.name) && fit(tensor.shape, shape) !== null;
      const found =
        named !== undefined && fit(named.shape, shape) !== null
          ? named
          : Object.hasOwn(chosen, fullName)
            ? undefined
            : tensors.find((tensor) => free(tensor) && mayBe(tensor.name, name));
      if (found !== undefined) taken.add(found.name);
      const by =
        found === undefined ? null : Object.hasOwn(chosen, fullName) ? 'choice' : found === named ? 'name' : 'order';
      const transposed = found !== undefined && fit(found.shape, shape) === 'transposed';
      return { parameter: fullName, layer: labelOf(layer), shape, source: found?.name ?? null, by, transposed };
    }),
  );
}

/**
 * The arrays of the network out of those of the file; fresh.
 * @param present what stays where nothing of the file goes to
 * @returns null where a match is missing, and nothing is present for it
 */
export function matchedParameters(
  tensors: readonly NamedTensor[],
  matches: readonly WeightMatch[],
  present: readonly NamedTensor[] = [],
): readonly NamedTensor[] | null {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const parameters = matches.map(({ parameter, shape, source, transposed }) => {
    if (source === null) return present.find(({ name }) => name === parameter) ?? null;
    const tensor = byName.get(source);
    if (tensor === undefined) return null;
    const values: FloatArray = transposed
      ? transpose(tensor.values, tensor.shape, ORDERS[shape.length]!)
      : tensor.values.slice();
    return { name: parameter, shape, values };
  });
  const found = parameters.filter((parameter) => parameter !== null);
  return found.length === parameters.length ? found : null;
}

/** Whether an array of this shape can go to a parameter of the other. */
export function fitsParameter(shape: Shape, wanted: Shape): boolean {
  return fit(shape, wanted) !== null;
}

/** Equal shapes, apart from axes of one; a square matrix counts as it lies. */
function fit(shape: Shape, wanted: Shape): 'equal' | 'transposed' | null {
  const bare = (sizes: Shape): string => sizes.filter((size) => size !== 1).join();
  if (sizeOf(shape) !== sizeOf(wanted)) return null;
  if (shape.join() === wanted.join()) return 'equal';
  const order = shape.length === wanted.length ? ORDERS[shape.length] : undefined;
  if (order?.map((axis) => shape[axis]).join() === wanted.join()) return 'transposed';
  return bare(shape) === bare(wanted) ? 'equal' : null;
}

/** Whether the file's name for an array says nothing against its being one of ours. */
function mayBe(name: string, parameter: string): boolean {
  const said = Object.entries(WORDS).filter(([, words]) => words.some((word) => endsWith(name, word)));
  return said.length === 0 || said.some(([kind]) => kind === parameter);
}

function endsWith(name: string, word: string): boolean {
  const last = name.toLowerCase().replace(/:\d+$/, '').split(/[./]/).at(-1) ?? '';
  return last === word || last.endsWith(`_${word}`) || last.replace(/\d+$/, '') === word;
}

function labelOf({ number, place }: ResolvedLayer): string {
  const definition: LayerDefinition = layerKinds[place.layer.kind];
  return `Layer ${number} (${definition.label.toLowerCase()})`;
}
