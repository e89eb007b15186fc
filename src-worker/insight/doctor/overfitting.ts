import type { Experiment } from '../../experiment/document';
import { changeLayers, hiddenPlaces, setTraining, unitsOf, withUnits } from './changes';
import { courseOf, scatter, type Course } from './course';
import type { Ailment, DoctorChange, Evidence } from './doctor-types';
import { count, number, percent } from './words';

/** Accuracy of train above dev that is worth a word, beyond what chance explains. */
const GAP = 0.1;
/** A smaller gap will do where the dev loss has risen by so much above its best. */
const SMALL_GAP = 0.04;
const RISE = 1.5;
const RATIO = 1.6;
const FEWEST_DEV = 12;
const FIRST_L2 = 0.01;
const LARGEST_L2 = 0.1;

/** Train far ahead of dev: 96 % against 64 % in CS229 notes, section 3.3, which names more data, regularisation and a smaller model. */
export const overfitting: Ailment = (evidence) => {
  const course = courseOf(evidence);
  if (course === null || evidence.problem !== null || evidence.devExamples < FEWEST_DEV) return null;
  const grounds = apart(evidence, course);
  if (grounds === null) return null;
  return {
    ailment: 'overfitting',
    sentence: 'The network learns the training examples by heart: overfitting.',
    grounds: `${grounds} More data would help too.`,
    change: simpler(evidence.experiment),
  };
};

function apart({ devExamples }: Evidence, course: Course): string | null {
  const { trainAccuracy, devAccuracy, trainRmse, devRmse, devLoss, trainLoss, best } = course;
  if (trainAccuracy !== null && devAccuracy !== null) {
    const gap = trainAccuracy - devAccuracy;
    const bestLoss = best?.dev?.loss ?? Infinity;
    const rises = devLoss !== null && devLoss > bestLoss * RISE && devLoss > 1.5 * trainLoss;
    const chance = scatter(devAccuracy, devExamples);
    if (gap <= Math.max(rises ? SMALL_GAP : GAP, rises ? chance : 1.5 * chance)) return null;
    const rise = rises
      ? ` Dev loss was ${number(bestLoss)} at epoch ${count(best!.epoch)} and is ${number(devLoss)}.`
      : '';
    return `Accuracy ${percent(trainAccuracy)} on train, ${percent(devAccuracy)} on ${count(devExamples)} dev examples.${rise}`;
  }
  if (trainRmse === null || devRmse === null || devRmse <= trainRmse * RATIO) return null;
  return `RMSE ${number(trainRmse)} on train, ${number(devRmse)} on ${count(devExamples)} dev examples.`;
}

function simpler(experiment: Experiment): DoctorChange | null {
  const { l2 } = experiment.training;
  if (l2 < LARGEST_L2) {
    const next = l2 === 0 ? FIRST_L2 : Number((3 * l2).toPrecision(1));
    return setTraining(experiment, { l2: next }, `Set L2 to ${number(next)}`, 'initial');
  }
  const { layers } = experiment.network;
  const places = hiddenPlaces(experiment);
  const widest = Math.max(0, ...places.map((index) => unitsOf(layers[index]!)));
  if (widest < 4) return null;
  const place = places.find((index) => unitsOf(layers[index]!) === widest)!;
  const units = Math.ceil(widest / 2);
  return changeLayers(
    experiment,
    (layer, index) => (index === place ? withUnits(layer, units) : layer),
    `Give layer ${place + 1} ${units} units`,
  );
}
