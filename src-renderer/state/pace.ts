import type { Budget, Progress } from '../../src-worker/api';

/** How fast training is shown: an epoch or a few for each picture, or as fast as the machine goes. */
export type Pace = 'watch' | 'full-speed';

/**
 * One call at full speed, of which two are under way at a time: short enough that Pause feels immediate and that more than twenty times a second a view has its turn
 * between them.
 */
const FULL_SPEED: Budget = { ms: 15 };
/** The same where every core trains: each answer takes a core from it, and what is shown of them is paced anyway. */
const FULL_SPEED_CROWDED: Budget = { ms: 40 };
/** In `watch`, an epoch longer than this is shown in slices. */
const LONGEST_SLICE_MS = 40;
/** In `watch`, a run of quick epochs is over after about so many pictures, each of which takes longer than the screen's where it is drawn without a graphics card … */
const PICTURES = 60;
/** … as long as the epochs of one picture take no longer than this, so that the next comes in time. */
const PICTURE_MS = 10;

/**
 * The budget of the next call.
 * @param msPerStep measured on the last call; null before the first
 * @param crowded   see `crowds`
 */
export function nextBudget(pace: Pace, progress: Progress | null, msPerStep: number | null, crowded: boolean): Budget {
  if (pace === 'full-speed') return crowded ? FULL_SPEED_CROWDED : FULL_SPEED;
  if (progress === null || msPerStep === null) return { ms: LONGEST_SLICE_MS / 4 };
  const { epochs, batchesPerEpoch, batchInEpoch } = progress;
  const steps = batchesPerEpoch - batchInEpoch;
  if (steps <= 0 || steps * msPerStep > LONGEST_SLICE_MS) return { ms: LONGEST_SLICE_MS };
  const inTime = Math.floor((PICTURE_MS / msPerStep - steps) / batchesPerEpoch);
  const more = Math.min(Math.ceil(epochs / PICTURES) - 1, inTime);
  return { steps: steps + Math.max(0, more) * batchesPerEpoch };
}

/** Numbers in words are shown anew no more often: faster they cannot be read, and each picture of the window takes from training. */
export const SHOWN_MS = 250;

/** Waits for the next picture; at once where the window is hidden and no picture comes. */
export function nextFrame(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const onHidden = () => done();
    const frame = requestAnimationFrame(() => done());
    const done = () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', onHidden);
      resolve();
    };
    document.addEventListener('visibilitychange', onHidden);
  });
}

/**
 * A budget that ends at most `steps` from here.
 * @param msPerStep measured on the last call; null before the first
 */
export function within(budget: Budget, steps: number, msPerStep: number | null): Budget {
  if (steps === Infinity) return budget;
  if ('steps' in budget) return { steps: Math.min(steps, budget.steps) };
  return { steps: Math.min(steps, msPerStep === null ? 1 : Math.max(1, Math.floor(budget.ms / msPerStep))) };
}

/** Waits so long; not at all where nothing is left of it. */
export function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
