import type { Session } from './contract';

/**
 * How many steps take about `targetMs`: runs twice as many, and again, until it has lasted a quarter of that, which also
 * warms up whatever compiles or caches on first use.
 */
export async function calibrate(session: Session, targetMs: number, now: () => number): Promise<number> {
  session.begin();
  for (let steps = 1; ; steps *= 2) {
    const began = now();
    await session.run(steps);
    const elapsed = now() - began;
    if (elapsed >= targetMs / 4) return Math.max(1, Math.round((steps * targetMs) / elapsed));
  }
}

/** One untimed repeat, then `repeats` timed ones: milliseconds each. */
export async function time(session: Session, steps: number, repeats: number, now: () => number): Promise<number[]> {
  await session.run(steps);
  const found: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const began = now();
    await session.run(steps);
    found.push(now() - began);
  }
  return found;
}
