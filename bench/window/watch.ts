import type { Page } from '@playwright/test';

/** What a window shows while it trains. */
export interface Watched {
  /** Each answer of the worker that trained. */
  readonly steps: readonly Stand[];
  /** From each click or key to the picture that answers it; 16 stands for any that was faster. */
  readonly answersMs: readonly number[];
  /** Pictures of the boundary: the fields of heat maps that were drawn. */
  readonly pictures: number;
}

interface Stand {
  /** When the window had it. */
  readonly ms: number;
  readonly step: number;
  /** Whether an epoch ended in that call, and with it all parts were looked at. */
  readonly evaluated: boolean;
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

/** What the worker answers to a call that trains. */
interface Message {
  readonly value?: { readonly value?: { readonly step?: number; readonly records?: readonly unknown[] } };
}

/** Runs in the window. */
async function watchHere(ms: number): Promise<Watched> {
  // What the screen says comes later than what it says it of: the messages themselves are watched.
  const message = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
  const seen = new WeakSet<MessageEvent>();
  const steps: { ms: number; step: number; evaluated: boolean }[] = [];
  Object.defineProperty(MessageEvent.prototype, 'data', {
    configurable: true,
    get(this: MessageEvent) {
      const data = Reflect.apply(message.get!, this, []) as Message | null;
      const progress = data?.value?.value;
      if (progress?.step !== undefined && progress.records !== undefined && !seen.has(this)) {
        seen.add(this);
        steps.push({ ms: performance.now(), step: progress.step, evaluated: progress.records.length > 0 });
      }
      return data;
    },
  });

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
  Object.defineProperty(MessageEvent.prototype, 'data', message);
  events.disconnect();
  return { steps, answersMs, pictures };
}

/** Steps a second between the first and the last that were seen; 0 where fewer than two were. */
export function stepsPerSecond(steps: Watched['steps']): number {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || last.ms === first.ms) return 0;
  return (1000 * (last.step - first.step)) / (last.ms - first.ms);
}

/** The same without the calls in which an epoch ended and all parts were looked at; NaN where there were no others. */
export function stepsPerSecondWithin(steps: Watched['steps']): number {
  let [made, tookMs] = [0, 0];
  steps.slice(1).forEach(({ ms, step, evaluated }, n) => {
    if (evaluated) return;
    made += step - steps[n]!.step;
    tookMs += ms - steps[n]!.ms;
  });
  return (1000 * made) / tookMs;
}

/** The smallest value that the share `q` of all does not exceed; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}
