import { changeRate } from './changes';
import { courseOf } from './course';
import type { Ailment } from './doctor-types';
import { number } from './words';

/** Above this multiple of the loss of the initial weights, the run walks away from what it looks for. */
const GROWN = 1.05;

/** The updates are longer than the cost is smooth: θ ← θ − α ∂J/∂θ overshoots. CS229 notes (3.25) and below. */
export const diverged: Ailment = (evidence) => {
  const { experiment, problem } = evidence;
  if (problem !== null) {
    if (problem.code !== 'training/diverged') return null;
    return {
      ailment: 'diverged',
      sentence: 'The run diverged: its steps are too large.',
      grounds: problem.message,
      change: changeRate(experiment, 'Lower', 'best'),
    };
  }
  const course = courseOf(evidence);
  if (course === null || course.trainLoss <= course.firstLoss * GROWN) return null;
  return {
    ailment: 'diverged',
    sentence: 'Training makes it worse: the steps are too large.',
    grounds: `Train loss ${number(course.firstLoss)} before training, ${number(course.trainLoss)} now, at learning rate ${number(experiment.training.optimizer.learningRate)}.`,
    change: changeRate(experiment, 'Lower', 'initial'),
  };
};
