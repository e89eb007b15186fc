import type { ActivationDefinition } from '../../../activations';
import type { LayerDefinition, LayerPlace, Pass, ReferenceLayer } from '../../../layers';
import type { LayerResources } from '../../../layers/layer';
import type { LossDefinition } from '../../../losses';
import type { Output } from '../../../losses/loss';
import type { Registries } from '../../../propagation';
import type { FloatArray } from '../../../tensor';

type Backward = ReferenceLayer['backward'];

/** What a layer's backward did, for a bug to spoil. */
export interface LayerBackward {
  readonly place: LayerPlace;
  readonly resources: LayerResources;
  readonly delta: FloatArray;
  readonly dx: FloatArray | null;
  readonly pass: Pass;
}

/** Registries in which something happens to what dense layers and convolutions computed. */
export function afterBackward(registries: Registries, spoil: (done: LayerBackward) => void): Registries {
  const changed = <K extends 'dense' | 'conv2d'>(definition: LayerDefinition<K>): LayerDefinition<K> => ({
    ...definition,
    create(place, resources) {
      const right = definition.create(place, resources);
      const backward: Backward = (x, delta, dx, pass) => {
        right.backward(x, delta, dx, pass);
        spoil({ place, resources, delta, dx, pass });
      };
      return { ...right, backward };
    },
  });
  const { dense, conv2d } = registries.layers;
  return { ...registries, layers: { ...registries.layers, dense: changed(dense), conv2d: changed(conv2d) } };
}

/** Registries in which the delta of the output is spoilt. */
export function afterDelta(registries: Registries, spoil: (output: Output, delta: FloatArray) => void): Registries {
  const changed = (definition: LossDefinition): LossDefinition => ({
    ...definition,
    delta(output, delta) {
      definition.delta(output, delta);
      spoil(output, delta);
    },
  });
  const losses = Object.fromEntries(Object.entries(registries.losses).map(([kind, loss]) => [kind, changed(loss)]));
  return { ...registries, losses: losses as unknown as Registries['losses'] }; // the same kinds as before
}

/** Registries in which activations are taken back by another rule. */
export function withActivationBackward(
  registries: Registries,
  change: (definition: ActivationDefinition) => ActivationDefinition['backward'],
): Registries {
  const activations = Object.fromEntries(
    Object.entries(registries.activations).map(([kind, definition]) => [
      kind,
      { ...definition, backward: change(definition) },
    ]),
  );
  return { ...registries, activations: activations as unknown as Registries['activations'] }; // the same kinds as before
}
