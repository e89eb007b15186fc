import type { Budget, Outcome, Progress } from '../../src-worker/api';
import { crowds, type Load } from './load';
import { nextBudget, within } from './pace';

/** What came of a call, and when it was made. */
export interface Answer {
  readonly sentMs: number;
  readonly outcome: Outcome<Progress>;
}

/** Calls that train, one after the other or one ahead of the other, and how long they take: averages that forget, so that the time left neither jumps nor lags. */
export class WorkerCalls {
  readonly #advance: (budget: Budget) => Promise<Outcome<Progress>>;
  /** Of the worker's time; null before the first measurement. */
  #msPerStep: number | null = null;
  /** With all that comes between two calls: the way there and back, and the wait for a picture. */
  #wholeMsPerStep: number | null = null;
  /** While one call follows the other: when the last was answered. */
  #answeredMs: number | null = null;

  constructor(advance: (budget: Budget) => Promise<Outcome<Progress>>) {
    this.#advance = advance;
  }

  async send(budget: Budget): Promise<Answer> {
    const sentMs = performance.now();
    return { sentMs, outcome: await this.#advance(budget) };
  }

  /** Of the next call, which ends at most `steps` from here. */
  budget(load: Load, progress: Progress | null, steps: number): Budget {
    return within(nextBudget(load.pace, progress, this.#msPerStep, crowds(load)), steps, this.#msPerStep);
  }

  /** Takes the time of an answer that made so many steps. */
  measure({ ms }: Progress, steps: number, sentMs: number): void {
    const now = performance.now();
    const wholeMs = now - (this.#answeredMs ?? sentMs);
    this.#answeredMs = now;
    if (steps <= 0) return;
    this.#msPerStep = blend(this.#msPerStep, ms / steps);
    this.#wholeMsPerStep = blend(this.#wholeMsPerStep, wholeMs / steps);
  }

  /** Forgets what other networks took. */
  begin(): void {
    this.#msPerStep = this.#wholeMsPerStep = null;
    this.rest();
  }

  /** No call follows for now: what comes between does not count. */
  rest(): void {
    this.#answeredMs = null;
  }

  /** Until the last epoch; null before the first measurement. */
  msLeft({ epochs, epoch, batchesPerEpoch, batchInEpoch }: Progress): number | null {
    if (this.#wholeMsPerStep === null) return null;
    const left = (epochs - epoch) * batchesPerEpoch - batchInEpoch;
    return Math.max(0, left) * this.#wholeMsPerStep;
  }
}

function blend(average: number | null, now: number): number {
  return average === null ? now : 0.8 * average + 0.2 * now;
}
