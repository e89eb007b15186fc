import type { Page } from '@playwright/test';
import { median } from '../statistics';

/** What a window shows while it trains. */
export interface Watched {
  /** When the status bar came to another step. */
  readonly steps: readonly { readonly ms: number; readonly step: number }[];
  /** From each click or key to the picture that answers it; 16 stands for any that was faster. */
  readonly answersMs: readonly number[];
  /** Pictures of the boundary: the fields of heat maps that were drawn. */
  readonly pictures: number;
}

/** Watches for so long, while `meanwhile` does what a person would. */
export async function watch(page: Page, ms: number, meanwhile?: () => Promise<void>): Promise<Watched> {
  const watching = page.evaluate(watchHere, ms);
  await meanwhile?.();
  return watching;
}

/**
 * From each picture that the window could show to the next, by the pictures' own times, for so long. Apart from {@link watch}: asking for sixty pictures a second
 * makes the window draw them, and takes from training what nothing else would.
 */
export function framesOf(page: Page, ms: number): Promise<number[]> {
  return page.evaluate(async (forMs) => {
    const framesMs: number[] = [];
    await new Promise<void>((done) => {
      let first: number | null = null;
      let last = 0;
      const frame = (now: number): void => {
        if (first !== null) framesMs.push(now - last);
        first ??= now;
        last = now;
        if (now - first < forMs) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    return framesMs;
  }, ms);
}

/** Runs in the window. */
async function watchHere(ms: number): Promise<Watched> {
  const footer = document.querySelector('footer')!;
  const stepIn = (text: string): number => Number(/step\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? NaN);
  const steps: { ms: number; step: number }[] = [];
  const look = (): void => {
    const step = stepIn(footer.textContent ?? '');
    if (!Number.isNaN(step) && step !== steps.at(-1)?.step) steps.push({ ms: performance.now(), step });
  };
  const mutations = new MutationObserver(look);
  mutations.observe(footer, { subtree: true, childList: true, characterData: true });

  const answersMs: number[] = [];
  const events = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('interactionId' in entry && entry.interactionId !== 0) answersMs.push(entry.duration);
    }
  });
  events.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);

  // A heat map makes its field on a canvas of its own.
  const { putImageData } = OffscreenCanvasRenderingContext2D.prototype;
  let pictures = 0;
  OffscreenCanvasRenderingContext2D.prototype.putImageData = function (...given: unknown[]) {
    pictures += 1;
    Reflect.apply(putImageData, this, given);
  };

  await new Promise((done) => setTimeout(done, ms));
  OffscreenCanvasRenderingContext2D.prototype.putImageData = putImageData;
  mutations.disconnect();
  events.disconnect();
  return { steps, answersMs, pictures };
}

/** Steps a second between the first and the last that were seen; 0 where fewer than two were. */
export function stepsPerSecond(steps: Watched['steps']): number {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || last.ms === first.ms) return 0;
  return (1000 * (last.step - first.step)) / (last.ms - first.ms);
}

/**
 * The same within each epoch, so that what comes at its end is not counted: the median.
 * @throws Error where no epoch was seen at work
 */
export function stepsPerSecondWithin(steps: Watched['steps'], stepsPerEpoch: number): number {
  const epochs: Watched['steps'][number][][] = [];
  for (const seen of steps) (epochs[Math.floor(seen.step / stepsPerEpoch)] ??= []).push(seen);
  return median(epochs.filter((seen) => seen.length > 1).map(stepsPerSecond));
}

/** The smallest value that the share `q` of all does not exceed; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}
