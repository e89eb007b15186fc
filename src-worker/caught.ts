import { fail, ProblemError, type Outcome, type Problem } from './problem';

/** Runs what may throw and gives back problems instead: an Error that crosses a worker boundary keeps only its text. */
export function caught<T>(work: () => Outcome<T>): Outcome<T> {
  try {
    return work();
  } catch (error) {
    return fail(...describeError(error));
  }
}

/** As {@link caught}, for work that takes its time. */
export async function caughtLater<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return fail(...describeError(error));
  }
}

function describeError(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  // Typed arrays and WebAssembly memories report that there is no more memory in this way, and in no other.
  if (error instanceof RangeError) {
    return [
      {
        code: 'memory',
        message: `There is not enough memory for this: ${error.message}.`,
        hint: 'Close other programs, or choose fewer examples, units or a smaller batch.',
      },
    ];
  }
  return [
    {
      code: 'internal',
      message: `Layerlab made a mistake: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Save your work and report what you did; your data and the run are as they were.',
    },
  ];
}
