import { changeLayers, hasUnits, hiddenPlaces } from './changes';
import type { Ailment, Evidence } from './doctor-types';
import { number } from './words';

/** Layers without a bend are one layer: W²(W¹x + b¹) + b² = (W²W¹)x + (W²b¹ + b²). CS229 notes, section 3.1, on the identity. */
export const linearNetwork: Ailment = (evidence) => {
  const { experiment, outputs, inputs, problem, records } = evidence;
  if (problem !== null || (records.at(-1)?.epoch ?? 0) < 1 || !isLinear(evidence)) return null;
  const hidden = hiddenPlaces(experiment);
  const map = evidence.map;
  const written =
    map === null
      ? `z = Wx + b with a W of ${outputs} × ${inputs}`
      : `z = Wx + b with W = ${matrix(map.W)} and b = ${map.b.length === 1 ? number(map.b[0]!) : row(map.b)}`;
  const change = changeLayers(
    experiment,
    (layer, index) => (hidden.includes(index) && hasUnits(layer) ? { ...layer, activation: 'tanh' } : layer),
    'Use tanh in the hidden layers',
  );
  return {
    ailment: 'linear-network',
    sentence: 'With identity in every hidden layer, the network is one linear map.',
    grounds: `All its layers together are ${written}.`,
    change,
  };
};

/** Whether there are hidden layers and nothing before the output bends. */
export function isLinear({ experiment }: Pick<Evidence, 'experiment'>): boolean {
  const hidden = hiddenPlaces(experiment);
  if (hidden.length === 0) return false;
  const { layers } = experiment.network;
  return layers.every((layer, index) => {
    if (layer.enabled === false) return true;
    if (hasUnits(layer)) return !hidden.includes(index) || layer.activation === 'identity';
    return layer.kind !== 'max-pool2d';
  });
}

function matrix(W: readonly (readonly number[])[]): string {
  return `[${W.map((values) => values.map(number).join(', ')).join('; ')}]`;
}

function row(values: readonly number[]): string {
  return `[${values.map(number).join(', ')}]`;
}
