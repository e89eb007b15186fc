import { tick } from 'svelte';
import { crowds, type Load } from './load';
import { nextFrame } from './pace';

/** Of the window's time, what follows from one thing that is shown takes at most so much while training goes on: what draws is not free to train or to answer. */
const DRAWING_SHARE = 1 / 8;
/** The same where every core trains: see {@link crowds}. */
const CROWDED_SHARE = 1 / 60;

/** @param usual where the window has a core for itself */
export function drawingShare(load: Load, usual = DRAWING_SHARE): number {
  return crowds(load) ? CROWDED_SHARE : usual;
}

/**
 * Makes a change and waits until it is on the page; returns what that kept the window busy, in milliseconds: what follows from the change, and where every core trains also
 * style, layout and paint of the whole picture that shows it. Elsewhere another core does that, and what happens to be in the same picture would hold numbers back.
 */
export async function drawn(change: () => void, load: Load): Promise<number> {
  const begin = performance.now();
  change();
  await tick();
  const followedMs = performance.now() - begin;
  return crowds(load) ? followedMs + (await paintedIn()) : followedMs;
}

/** How long the next picture takes; nothing where nobody sees one. */
async function paintedIn(): Promise<number> {
  if (globalThis.document?.hidden ?? true) return 0;
  await nextFrame();
  const begin = performance.now();
  await nextTask();
  return performance.now() - begin;
}

let ends: MessageChannel | null = null;
const waiting: (() => void)[] = [];

/** The picture whose frame is under way is made before; a timer would come later than that. */
function nextTask(): Promise<void> {
  if (ends === null) {
    ends = new MessageChannel();
    ends.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = ends;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
