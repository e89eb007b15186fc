import { resolveNetwork, type ResolvedLayer } from '../shape';
import type { Shape } from '../tensor';
import { carryRules, type CarryAxis, type CarryRule } from './carry-rules';
import type { CarryTarget } from './carry-over';
import type { Moment } from './carry-types';
import { namesMap, overlapMap, prefixMap, productMap, type IndexMap } from './index-map';

/** The old parameter that a new one continues, and the place in it of each of its numbers. */
export interface ParameterMap {
  readonly from: string;
  readonly map: IndexMap;
}

/** What comes into a layer: the old layer that puts it out (−1 for the data, null for a new one), and its numbers there. */
interface Flow {
  readonly source: number | null;
  readonly map: IndexMap;
}

/**
 * For each parameter of the new network, by its full name, where its numbers come from; without an entry it is new. Walks down the
 * layers with what flows between them, so that a layer keeps the weights of those inputs that it still has.
 *
 * @param pairs for each layer of the new document the index of the old layer that it continues, or null
 */
export function mapParameters(
  from: Omit<Moment, 'state'>,
  target: CarryTarget,
  pairs: readonly (number | null)[],
): ReadonlyMap<string, ParameterMap> {
  const olds = resolveNetwork(from.experiment.network, from.inputShape);
  const news = resolveNetwork(target.experiment.network, target.inputShape);
  const sources = sourcesOf(olds);
  const maps = new Map<string, ParameterMap>();
  let flow: Flow = { source: -1, map: inputMap(from, target) };
  news.forEach((layer, position) => {
    const pair = pairs[layer.number - 1] ?? null;
    const old = olds.find(({ number, definition }) => number - 1 === pair && definition.kind === layer.definition.kind);
    const { passes }: CarryRule = carryRules[layer.definition.kind];
    if (old === undefined) {
      if (!passes) flow = { source: null, map: prefixMap(0, 0) };
      return;
    }
    const follows = flow.source === sources.get(old.number);
    const input = follows ? flow.map : overlapMap(old.inputShape, layer.inputShape);
    const last = old === olds.at(-1) && position === news.length - 1;
    const output = outputMap(old, layer, last ? [from.classes, target.classes] : null);
    for (const [name, map] of layerMaps(old, layer, input, output)) maps.set(name, map);
    if (!passes) flow = { source: old.number - 1, map: output };
  });
  return maps;
}

/** By the number of each layer, whose output comes in: the layer before it that makes new numbers of its input. */
function sourcesOf(layers: readonly ResolvedLayer[]): ReadonlyMap<number, number> {
  let source = -1;
  const sources = new Map<number, number>();
  for (const { number, definition } of layers) {
    sources.set(number, source);
    const { passes }: CarryRule = carryRules[definition.kind];
    if (!passes) source = number - 1;
  }
  return sources;
}

function inputMap(from: Omit<Moment, 'state'>, target: CarryTarget): IndexMap {
  const [before, after] = [from.featureNames, target.featureNames];
  if (before.length === 0 || after.length === 0) return overlapMap(from.inputShape, target.inputShape);
  return namesMap(before, after);
}

/** @param classes before and after, where the layer makes ŷ in both networks */
function outputMap(
  old: ResolvedLayer,
  layer: ResolvedLayer,
  classes: readonly [readonly string[], readonly string[]] | null,
): IndexMap {
  const [units, count] = [old.outputShape[0], layer.outputShape[0]];
  if (classes !== null && units === classes[0].length && count === classes[1].length) return namesMap(...classes);
  return overlapMap(old.outputShape, layer.outputShape);
}

function layerMaps(
  old: ResolvedLayer,
  layer: ResolvedLayer,
  input: IndexMap,
  output: IndexMap,
): readonly (readonly [string, ParameterMap])[] {
  const { parameters }: CarryRule = carryRules[layer.definition.kind];
  return layer.parameters.flatMap((parameter) => {
    const before = old.parameters.find(({ name }) => name === parameter.name);
    const axes = parameters[parameter.name];
    if (before === undefined || axes === undefined || before.shape.length !== axes.length) return [];
    const exact = axes.every((axis, at) => axis !== 'exact' || before.shape[at] === parameter.shape[at]);
    if (!exact) return [];
    const maps = axes.map((axis, at) => axisMap(axis, before.shape[at]!, parameter.shape[at]!, layer, input, output));
    return [[parameter.fullName, { from: before.fullName, map: productMap(before.shape, maps) }]];
  });
}

function axisMap(
  axis: CarryAxis,
  before: number,
  after: number,
  { inputShape, outputShape }: { readonly inputShape: Shape; readonly outputShape: Shape },
  input: IndexMap,
  output: IndexMap,
): IndexMap {
  if (axis === 'input') return input;
  if (axis === 'channel' && inputShape.length === 1) return input;
  if (axis === 'output' && outputShape.length === 1) return output;
  return prefixMap(before, after);
}
