import type { ModelSnapshot, NamedTensor } from '../../src-worker/api';
import type { LayerSpec } from '../../src-worker/experiment/document';
import { ProblemError } from '../../src-worker/problem';
import { resolveNetwork, type ResolvedLayer } from '../../src-worker/shape';
import type { Carried } from '../carry';
import { checkModel } from '../model-check';
import type { ImportedNetwork } from './read-model';

/**
 * A model of ours put together again: its own document around the weights that the file's layers hold.
 * @returns null where the layers are no longer those of the document, because somebody changed the file
 */
export function restoreFromLayers(carried: Carried, network: ImportedNetwork): ModelSnapshot | null {
  const own = resolved(carried.experiment.network, carried.preprocessing.inputShape);
  const found = resolved(network.spec, network.inputShape);
  if (own === null || found === null || describe(own) !== describe(found)) return null;
  const names = own.flatMap(({ parameters }) => parameters);
  const parameters = network.parameters.map((tensor, n) => ({
    ...tensor,
    name: names[n]!.fullName,
    shape: names[n]!.shape,
  }));
  return checked({ ...carried, state: { ...carried.state, parameters } });
}

/** As the PyTorch export calls the arrays of a layer, behind `layer1.`. */
const TORCH_NAMES: Readonly<Record<string, string>> = {
  ...{ W: 'weight', b: 'bias', gamma: 'weight', beta: 'bias' },
  ...{ mean: 'running_mean', variance: 'running_var' },
};

/** Likewise out of arrays that bear the names of the network, or those of our PyTorch export; null where they are not all there. */
export function restoreFromArrays(carried: Carried, tensors: readonly NamedTensor[]): ModelSnapshot | null {
  const own = resolved(carried.experiment.network, carried.preprocessing.inputShape);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const parameters =
    own?.flatMap(({ number, parameters: wanted }) =>
      wanted.map(({ name, fullName }) => {
        const tensor = byName.get(fullName) ?? byName.get(`layer${number}.${TORCH_NAMES[name]}`);
        return tensor && { ...tensor, name: fullName };
      }),
    ) ?? [];
  const found = parameters.filter((tensor) => tensor !== undefined);
  if (own === null || found.length !== parameters.length) return null;
  return checked({ ...carried, state: { ...carried.state, parameters: found } });
}

/** A file whose document contradicts its weights is damaged, and says how. */
function checked(model: ModelSnapshot): ModelSnapshot {
  const [first, ...others] = checkModel(model);
  if (first !== undefined) throw new ProblemError(first, ...others);
  return model;
}

function resolved(network: ImportedNetwork['spec'], inputShape: readonly number[]): ResolvedLayer[] | null {
  try {
    return resolveNetwork(network, inputShape);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** What answers depend on, besides the weights. Dropout is not written into every format, and a flatten may be part of a dense layer. */
function describe(layers: readonly ResolvedLayer[]): string {
  return layers
    .flatMap(({ place, activation, outputShape, parameters }) => {
      const spec: LayerSpec = place.layer;
      if (spec.kind === 'dropout' || spec.kind === 'flatten') return [];
      return `${spec.kind} ${activation ?? ''} ${outputShape.join()} ${parameters.map(({ shape }) => shape.join()).join(' ')}`;
    })
    .join('\n');
}
