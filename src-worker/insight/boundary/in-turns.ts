/** Longest stretch of work between two turns: training and the window's questions come in between. */
const STRETCH_MS = 8;

/** Does a long piece of work to its end, giving way to every message that waits after each stretch. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const start = performance.now();
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() - start < STRETCH_MS);
    // Promises alone never let a message in.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
