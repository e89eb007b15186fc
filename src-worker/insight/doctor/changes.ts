import type { ActivationKind, Experiment, LayerSpec, TrainingSpec } from '../../experiment/document';
import { isEnabled } from '../../experiment/enabled';
import { lowerRate } from '../../experiment/lower-rate';
import type { DoctorChange } from './doctor-types';
import { number } from './words';

/** The edits that the doctor proposes. */

export function setTraining(
  { training }: Experiment,
  change: Partial<TrainingSpec>,
  label: string,
  start: DoctorChange['start'] = 'here',
): DoctorChange {
  return { label, parts: { training: { ...training, ...change } }, start };
}

/** To a tenth, see {@link lowerRate}, or tenfold. */
export function changeRate(
  experiment: Experiment,
  verb: 'Lower' | 'Raise',
  start: DoctorChange['start'],
): DoctorChange {
  const { optimizer } = experiment.training;
  const rate = optimizer.learningRate;
  const learningRate = verb === 'Lower' ? lowerRate(rate) : Number((rate * 10).toPrecision(2));
  const label = `${verb} the learning rate to ${number(learningRate)}`;
  return setTraining(experiment, { optimizer: { ...optimizer, learningRate } }, label, start);
}

/** Changes the layers and begins anew from the seed: the weights that there are made the trouble, or do not fit. */
export function changeLayers(
  { network }: Experiment,
  change: (layer: LayerSpec, index: number) => LayerSpec,
  label: string,
): DoctorChange {
  return { label, parts: { network: { ...network, layers: network.layers.map(change) } }, start: 'initial' };
}

/** He for what is half cut off, Xavier for the rest; CS229 notes, section 3.3, and K. He et al. 2015, equation (10). */
export function rightInitializer(activation: ActivationKind): { readonly kind: 'he-normal' | 'xavier-normal' } {
  const cut = ['relu', 'leaky-relu', 'elu', 'gelu'].includes(activation);
  return { kind: cut ? 'he-normal' : 'xavier-normal' };
}

/** Initial weights of the right size in all hidden layers, or in all of those named. */
export function initialiseWell(experiment: Experiment, numbers: readonly number[]): DoctorChange {
  const change = (layer: LayerSpec, index: number): LayerSpec =>
    numbers.includes(index + 1) && hasUnits(layer)
      ? { ...layer, initializer: rightInitializer(layer.activation) }
      : layer;
  const names = new Set(
    experiment.network.layers.flatMap((layer, index) =>
      numbers.includes(index + 1) && hasUnits(layer) ? [rightInitializer(layer.activation).kind] : [],
    ),
  );
  const which = [...names].map((kind) => (kind === 'he-normal' ? 'He' : 'Xavier')).join(' and ');
  return changeLayers(experiment, change, `Start from ${which} weights`);
}

export function hasUnits(layer: LayerSpec): layer is Extract<LayerSpec, { readonly activation: ActivationKind }> {
  return layer.kind === 'dense' || layer.kind === 'conv2d';
}

/** Places in the document of the layers with units before the last one of them: those whose output nobody asks for. */
export function hiddenPlaces({ network }: Experiment): readonly number[] {
  return network.layers.flatMap((layer, index) => (isEnabled(layer) && hasUnits(layer) ? [index] : [])).slice(0, -1);
}

export function unitsOf(layer: LayerSpec): number {
  return layer.kind === 'dense' ? layer.units : layer.kind === 'conv2d' ? layer.filters : 0;
}

export function withUnits(layer: LayerSpec, units: number): LayerSpec {
  if (layer.kind === 'dense') return { ...layer, units };
  return layer.kind === 'conv2d' ? { ...layer, filters: units } : layer;
}
