import { fail, ProblemError, type Outcome } from '../../src-worker/problem';

/** The shell may be gone: a call to it that throws becomes a problem like any other. */
export async function attempt<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    return fail({
      code: 'window/shell-lost',
      message: `Layerlab's file service did not answer (${error instanceof Error ? error.message : String(error)}).`,
      hint: 'Check that the program that opened this window still runs, then try again.',
    });
  }
}
