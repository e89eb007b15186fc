import type { Experiment, LayerSpec } from '../../experiment/document';
import { isEnabled } from '../../experiment/enabled';
import { changeLayers, hiddenPlaces, setTraining, unitsOf, withUnits } from './changes';
import { courseOf, lags } from './course';
import type { Ailment, DoctorChange } from './doctor-types';
import { number, percent } from './words';

/** Hidden layers narrower than this let little through. */
const NARROW = 4;
const STRONG_L2 = 0.03;
const STRONG_DROPOUT = 0.7;
/** Weights that have hardly moved say nothing of what the network could learn. */
const MOVED = 0.05;
const HIDDEN_UNITS = 16;

/** The network cannot take the shape that the examples have, or is kept from it. */
export const underfitting: Ailment = (evidence) => {
  const { experiment, neighbours, moved, problem, task } = evidence;
  const course = courseOf(evidence);
  if (course === null || problem !== null || !lags(evidence, course)) return null;
  const bound = held(experiment);
  // What is held down by L2 alone shrinks towards 0 and has not stood still.
  if (bound === null || moved < MOVED || !course.flat) return null;
  const grounds =
    task === 'regression'
      ? `RMSE ${number(course.trainRmse!)} on train has levelled off; the mean of the five nearest rows gives ${number(neighbours!.score)}.`
      : `Accuracy ${percent(course.trainAccuracy!)} on train has levelled off; a vote of the five nearest rows gives ${percent(neighbours!.score)}.`;
  return { ailment: 'underfitting', sentence: bound.sentence, grounds, change: bound.change };
};

interface Bound {
  readonly sentence: string;
  readonly change: DoctorChange;
}

/** What keeps the network from learning, the strongest first; null where it has room. */
function held(experiment: Experiment): Bound | null {
  const { network, training } = experiment;
  const hidden = hiddenPlaces(experiment);
  if (hidden.length === 0) {
    const sentence = 'The network is too simple for these data: without a hidden layer it draws straight lines only.';
    return { sentence, change: addHidden(experiment) };
  }
  if (training.l2 >= STRONG_L2 || training.l1 >= STRONG_L2) {
    const change = setTraining(experiment, { l2: 0, l1: 0 }, 'Switch off L2 and L1', 'initial');
    return { sentence: 'Regularisation holds the weights so small that the network underfits.', change };
  }
  const dropped = network.layers.find((layer) => layer.kind === 'dropout' && layer.rate >= STRONG_DROPOUT);
  if (dropped !== undefined && isEnabled(dropped)) {
    const change = changeLayers(
      experiment,
      (layer) => (layer === dropped ? { ...dropped, rate: 0.2 } : layer) as LayerSpec,
      'Drop 20\u202f% only',
    );
    return { sentence: 'Dropout takes away so much that the network underfits.', change };
  }
  const narrow = hidden.filter((index) => unitsOf(network.layers[index]!) < NARROW);
  if (narrow.length === 0) return null;
  const change = changeLayers(
    experiment,
    (layer, index) => (narrow.includes(index) ? withUnits(layer, HIDDEN_UNITS) : layer),
    `Give layer ${narrow.map((index) => index + 1).join(' and ')} ${HIDDEN_UNITS} units`,
  );
  return { sentence: 'The network is too small for these data: it underfits.', change };
}

function addHidden({ network }: Experiment): DoctorChange {
  const layer: LayerSpec = {
    kind: 'dense',
    units: HIDDEN_UNITS,
    activation: 'tanh',
    initializer: { kind: 'xavier-normal' },
  };
  const last = network.layers.findLastIndex((each) => isEnabled(each) && unitsOf(each) > 0);
  const layers = network.layers.toSpliced(last, 0, layer);
  return {
    label: `Add a hidden layer of ${HIDDEN_UNITS} units`,
    parts: { network: { ...network, layers } },
    start: 'initial',
  };
}
