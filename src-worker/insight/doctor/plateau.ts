import { changeRate, setTraining } from './changes';
import { courseOf, lags } from './course';
import type { Ailment, DoctorChange, Evidence } from './doctor-types';
import { count, number, percent } from './words';

/** Weights that moved by less than this share of their size have not begun. */
const UNMOVED = 0.05;
/** A loss that falls in nearly every epoch goes the right way, only too slowly. */
const STEADY = 0.8;

/** The loss stands where it could still fall: the steps are too small, or the surface is flat here. */
export const plateau: Ailment = (evidence) => {
  const { experiment, neighbours, moved, problem, task, records } = evidence;
  const course = courseOf(evidence);
  if (course === null || problem !== null || !lags(evidence, course)) return null;
  const still = moved < UNMOVED;
  if (!still && !course.flat) return null;
  const rate = number(experiment.training.optimizer.learningRate);
  const reach =
    task === 'regression'
      ? `RMSE ${number(course.trainRmse!)} on train, where the five nearest rows give ${number(neighbours!.score)}.`
      : `Accuracy ${percent(course.trainAccuracy!)} on train, where a vote of the five nearest rows gives ${percent(neighbours!.score)}.`;
  const slow = still || course.falls >= STEADY;
  return {
    ailment: 'plateau',
    sentence: slow
      ? 'The loss hardly moves: the steps are too small.'
      : 'The loss stands on a plateau, though there is more to learn.',
    grounds: `Train loss ${number(course.firstLoss)} before training, ${number(course.trainLoss)} now; the weights moved by ${percent(moved)} of their size in ${count(records.at(-1)!.step)} updates at learning rate ${rate}. ${reach}`,
    change: wayOff(evidence, slow),
  };
};

function wayOff({ experiment }: Evidence, slow: boolean): DoctorChange {
  if (slow) return changeRate(experiment, 'Raise', 'here');
  if (experiment.training.optimizer.kind === 'adam') return changeRate(experiment, 'Lower', 'here');
  const optimizer = { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
  return setTraining(experiment, { optimizer }, 'Train with Adam', 'here');
}
