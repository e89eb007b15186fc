import { changeLayers, hasUnits, hiddenPlaces, initialiseWell, rightInitializer } from './changes';
import { courseOf, lags } from './course';
import type { Ailment, DoctorChange, Evidence } from './doctor-types';
import { number } from './words';

/** From the last hidden layer to the first, δ may shrink or grow by so much. */
const SHRINKS = 1e-2;
const GROWS = 30;
/** √(fan-in) · rms(W) of initial weights that keep δ about as large as it was. */
const SMALLEST_GAIN = 0.4;
const LARGEST_GAIN = 3;

/**
 * δ of a layer is a product over the layers behind it, δ^[ℓ] = (W^[ℓ+1]ᵀ δ^[ℓ+1]) ∘ g′(z^[ℓ]), CS229 notes (3.32): through many
 * layers it dies out or grows without bound.
 */
export const fadingGradients: Ailment = (evidence) => {
  if (evidence.problem !== null || (evidence.records.at(-1)?.epoch ?? 0) < 1) return null;
  const hidden = evidence.layers.filter((layer) => layer.hidden && layer.delta !== null);
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (first === undefined || last === undefined || hidden.length < 2) return null;
  const [from, to] = [last.delta!, first.delta!];
  const ratio = from > 0 ? to / from : 1;
  const sizes = `δ is ${number(from)} in layer ${last.number} and ${number(to)} in layer ${first.number}, root mean square over the examples`;
  const gain = Math.max(...hidden.map(({ initialGain }) => initialGain));
  if (ratio > GROWS && gain > LARGEST_GAIN) {
    return {
      ailment: 'fading-gradients',
      sentence: `Gradients explode on their way back: ${number(ratio)} times larger at layer ${first.number}.`,
      grounds: `${sizes}; the initial weights are ${number(gain)} times as large as Xavier’s.`,
      change: startWell(evidence),
    };
  }
  const course = courseOf(evidence);
  if (ratio >= SHRINKS || course === null || !lags(evidence, course)) return null;
  return {
    ailment: 'fading-gradients',
    sentence: `Gradients vanish on their way back: ${number(1 / ratio)} times smaller at layer ${first.number}.`,
    grounds: `${sizes}, so the first layers hardly learn.`,
    change:
      Math.min(...hidden.map(({ initialGain }) => initialGain)) < SMALLEST_GAIN
        ? startWell(evidence)
        : unbend(evidence),
  };
};

function startWell({ experiment, layers }: Evidence): DoctorChange {
  return initialiseWell(
    experiment,
    layers.filter((layer) => layer.hidden).map((layer) => layer.number),
  );
}

/** g′ of relu is 1 wherever it is not 0; that of a sigmoid is at most a quarter. */
function unbend({ experiment }: Evidence): DoctorChange {
  const hidden = hiddenPlaces(experiment);
  return changeLayers(
    experiment,
    (layer, index) =>
      hidden.includes(index) && hasUnits(layer)
        ? { ...layer, activation: 'relu', initializer: rightInitializer('relu') }
        : layer,
    'Use ReLU in the hidden layers',
  );
}
