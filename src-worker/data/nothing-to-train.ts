import type { Problem } from '../problem';

/** The training part is empty, whatever the examples are. */
export function nothingToTrain(file: string): Problem {
  return {
    code: 'data/nothing-to-train',
    message: `The split leaves nothing of ${file} to train on.`,
    hint: 'Give the training part a larger share, or take fewer examples out.',
    file,
    path: 'data.split',
  };
}
