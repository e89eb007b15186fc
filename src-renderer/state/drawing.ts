import { tick } from 'svelte';

/** Of the window's time, what follows from one thing that is shown takes at most so much while training goes on: what draws is not free to train or to answer. */
export const DRAWING_SHARE = 1 / 8;

/** Makes a change and waits until it is on the page; returns what that took, in milliseconds. */
export async function drawn(change: () => void): Promise<number> {
  const begin = performance.now();
  change();
  await tick();
  return performance.now() - begin;
}
