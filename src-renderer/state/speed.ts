import type { Progress } from '../../src-worker/api';

/** How long a step takes: an average that forgets, so that the time left neither jumps nor lags. */
export class Speed {
  /** Null before the first measurement. */
  msPerStep: number | null = null;

  measure(steps: number, ms: number): void {
    if (steps <= 0) return;
    const now = ms / steps;
    this.msPerStep = this.msPerStep === null ? now : 0.8 * this.msPerStep + 0.2 * now;
  }

  /** @param frameMs of waiting for a picture that come to each step */
  msLeft({ epochs, epoch, batchesPerEpoch, batchInEpoch }: Progress, frameMs: number): number | null {
    if (this.msPerStep === null) return null;
    const left = (epochs - epoch) * batchesPerEpoch - batchInEpoch;
    return Math.max(0, left) * (this.msPerStep + frameMs);
  }
}
