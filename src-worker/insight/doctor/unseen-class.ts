import { setTraining } from './changes';
import { EARLIEST } from './course';
import type { Ailment } from './doctor-types';
import { count } from './words';

/** Fewer rows of a class than this in the probe say nothing of it. */
const FEWEST = 4;
/** A class this many times rarer than the largest is lost for its rarity. */
const RARER = 2.5;
/** Weights that have not moved yet answer anything. */
const MOVED = 0.05;

/** The mean loss over all examples hardly notices a rare class: J = (1/m) Σ L. CS229 notes (3.1). */
export const unseenClass: Ailment = ({ experiment, classes, actual, answered, probed, moved, records, problem }) => {
  if (problem !== null || (records.at(-1)?.epoch ?? 0) < EARLIEST || moved < MOVED) return null;
  const largest = Math.max(0, ...actual);
  const k = actual.findIndex((rows, c) => rows >= FEWEST && answered[c] === 0 && largest >= RARER * rows);
  if (k < 0) return null;
  const change =
    experiment.training.classWeights === 'none'
      ? setTraining(experiment, { classWeights: 'balanced' }, 'Give every class the same weight', 'initial')
      : null;
  return {
    ailment: 'unseen-class',
    sentence: `The class “${classes[k] ?? k}” is never the answer.`,
    grounds: `${count(actual[k]!)} of ${count(probed)} training examples are of it, ${count(largest)} of the largest class, and the network answers it not once.`,
    change,
  };
};
