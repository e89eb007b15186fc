import type { RunState } from '../api';
import type { Experiment, LayerSpec } from '../experiment/document';
import { followLayers } from '../experiment/follow-layers';
import { sameValue } from '../experiment/same-value';
import { timeTensor } from '../named-tensors';
import { initialParameters } from '../network';
import { optimizers, type OptimizerDefinition } from '../optimizers';
import { ProblemError } from '../problem';
import { resolveNetwork } from '../shape';
import type { FloatArray, NamedTensor } from '../tensor';
import type { CarryReport, LayerCarry, Moment } from './carry-types';
import type { IndexMap } from './index-map';
import { mapParameters } from './map-parameters';

/** The network that takes over: its document, what the data make of it, and how long its epochs are. */
export interface CarryTarget extends Omit<Moment, 'state'> {
  readonly batchesPerEpoch: number;
}

/**
 * The state of a run as it goes on in a changed experiment. Weights, biases and running statistics stay with the units and inputs
 * that are still there, and so do the optimizer's arrays; what is new starts from the seed, with arrays of 0. Step and epoch
 * go on, within the epoch at the same share of it. The curves stay; the best epoch stays where a loss still means the same.
 *
 * @param layers see `CarryRequest`
 * @returns fresh arrays that the caller owns
 * @throws ProblemError if `layers` names what is not there, or the new network does not fit its input
 */
export function carryOver(
  from: Moment,
  target: CarryTarget,
  layers?: readonly (number | null)[],
): { readonly state: RunState; readonly report: CarryReport } {
  const before = from.experiment;
  const after = target.experiment;
  const pairs = layers ?? followLayers(before.network.layers, after.network.layers);
  checkPairs(pairs, before, after);
  const maps = mapParameters(from, target, pairs);
  const old = new Map([...from.state.parameters, ...from.state.optimizer].map((tensor) => [tensor.name, tensor]));
  const initial = initialParameters(after.network, target.inputShape);
  const parameters = initial.map((tensor): NamedTensor => {
    const known = maps.get(tensor.name);
    return known === undefined ? tensor : { ...tensor, values: mapped(old.get(known.from), known.map, tensor.values) };
  });
  const optimizerKept = before.training.optimizer.kind === after.training.optimizer.kind;
  const sameMeasure = measuresAlike(from, target);
  const { epoch, step, status, history, best } = from.state;
  const state: RunState = {
    parameters,
    optimizer: carryOptimizer(from, target, maps, optimizerKept),
    epoch,
    step,
    batchInEpoch: placeInEpoch(from.state, target.batchesPerEpoch),
    batchesPerEpoch: target.batchesPerEpoch,
    status: status === 'diverged' ? 'diverged' : 'training',
    history,
    best: sameMeasure ? (best ?? null) : null,
    stopped: null,
    judgedFrom: epoch,
  };
  return { state, report: { ...count(from, target, pairs, maps), optimizerKept, sameMeasure } };
}

/** Values of `initial` where the map has nothing to take. */
function mapped(old: NamedTensor | undefined, map: IndexMap, initial: FloatArray): FloatArray {
  const values = old?.values instanceof Float64Array ? Float64Array.from(initial) : Float32Array.from(initial);
  if (old === undefined) return values;
  map.forEach((place, i) => {
    if (place >= 0) values[i] = old.values[place]!;
  });
  return values;
}

type ParameterMaps = ReturnType<typeof mapParameters>;

function carryOptimizer(from: Moment, target: CarryTarget, maps: ParameterMaps, kept: boolean): NamedTensor[] {
  const { network, training } = target.experiment;
  const definition: OptimizerDefinition = optimizers[training.optimizer.kind];
  const old = new Map(from.state.optimizer.map((tensor) => [tensor.name, tensor]));
  const tensors = resolveNetwork(network, target.inputShape)
    .flatMap((layer) => layer.parameters)
    .filter(({ trained }) => trained)
    .flatMap(({ fullName, shape }) =>
      definition.slots.map((slot): NamedTensor => {
        const zeros = new Float32Array(shape.reduce((product, n) => product * n, 1));
        const known = kept ? maps.get(fullName) : undefined;
        const source = known === undefined ? undefined : old.get(`${slot}.${known.from}`);
        return { name: `${slot}.${fullName}`, shape, values: known ? mapped(source, known.map, zeros) : zeros };
      }),
    );
  const time = kept ? (old.get('t')?.values[0] ?? 0) : 0;
  return definition.counts ? [...tensors, timeTensor(time)] : tensors;
}

/** The same share of the epoch, rounded down: an example may be seen twice in it, none is left out. */
function placeInEpoch({ epoch, step, batchInEpoch, batchesPerEpoch }: RunState, batches: number): number {
  // Left out where every epoch so far had as many.
  const before = batchesPerEpoch ?? (epoch === 0 ? batches : (step - batchInEpoch) / epoch);
  return Math.min(batches - 1, Math.floor((batchInEpoch * batches) / before));
}

/** Whether the same weights would give the same losses: how weights start and how they are updated do not matter. */
function measuresAlike(from: Moment, target: CarryTarget): boolean {
  const measured = ({ network: { layers, loss }, data }: Experiment) => ({
    layers: layers.map((layer) => ('initializer' in layer ? { ...layer, initializer: null } : layer)),
    loss,
    data,
  });
  return sameValue(measured(from.experiment), measured(target.experiment));
}

function count(
  from: Moment,
  target: CarryTarget,
  pairs: readonly (number | null)[],
  maps: ParameterMaps,
): Pick<CarryReport, 'layers' | 'kept' | 'fresh' | 'lost'> {
  const layers = resolveNetwork(target.experiment.network, target.inputShape).flatMap((layer): LayerCarry[] => {
    const trained = layer.parameters.filter((parameter) => parameter.trained);
    if (trained.length === 0) return [];
    let [kept, fresh] = [0, 0];
    for (const { fullName, shape } of trained) {
      const size = shape.reduce((product, n) => product * n, 1);
      const stay = maps.get(fullName)?.map.reduce((sum, place) => sum + (place >= 0 ? 1 : 0), 0) ?? 0;
      kept += stay;
      fresh += size - stay;
    }
    return [{ layer: layer.number - 1, from: pairs[layer.number - 1] ?? null, kept, fresh }];
  });
  const sum = (of: 'kept' | 'fresh'): number => layers.reduce((total, layer) => total + layer[of], 0);
  const had = resolveNetwork(from.experiment.network, from.inputShape)
    .flatMap((layer) => layer.parameters)
    .filter(({ trained }) => trained)
    .reduce((total, { shape }) => total + shape.reduce((product, n) => product * n, 1), 0);
  return { layers, kept: sum('kept'), fresh: sum('fresh'), lost: had - sum('kept') };
}

function checkPairs(pairs: readonly (number | null)[], before: Experiment, after: Experiment): void {
  const [olds, news]: readonly (readonly LayerSpec[])[] = [before.network.layers, after.network.layers] as const;
  const named = pairs.filter((old) => old !== null);
  const known = named.every((old) => olds?.[old] !== undefined) && new Set(named).size === named.length;
  if (known && pairs.length === news?.length) return;
  throw new ProblemError({
    code: 'carry/layers',
    message: `The weights of ${olds?.length ?? 0} layers cannot go to ${news?.length ?? 0} layers as asked.`,
    hint: 'Name for each new layer one old layer that no other new one continues, or none.',
  });
}
