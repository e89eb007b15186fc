import type { RunState } from './api';
import { ProblemError } from './problem';
import type { Walk } from './walk';

/** How long the epochs are, where the step does not tell it any more: batches changed on the way. */
export function epochLength({ batches, epoch, step, batchInEpoch }: Walk): Pick<RunState, 'batchesPerEpoch'> {
  return step === epoch * batches + batchInEpoch ? {} : { batchesPerEpoch: batches };
}

/** @throws ProblemError where a state cannot be a place in epochs of so many batches */
export function checkPosition({ epoch, step, batchInEpoch, batchesPerEpoch }: RunState, batches: number): void {
  const whole = [epoch, step, batchInEpoch].every((count) => Number.isSafeInteger(count) && count >= 0);
  const fits = batchesPerEpoch === undefined ? step === epoch * batches + batchInEpoch : batchesPerEpoch === batches;
  if (whole && fits && batchInEpoch < batches) return;
  throw new ProblemError({
    code: 'run/other-data',
    message: `The saved run stands at step ${step}, batch ${batchInEpoch} of epoch ${epoch + 1}, which does not fit ${batches} batches per epoch.`,
    hint: 'Load the data, split and batch size that it was trained with, or start a new run.',
  });
}
