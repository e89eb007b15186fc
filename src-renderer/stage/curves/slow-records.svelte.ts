import type { EpochRecord } from '../../../src-worker/api';
import type { TrainingRun } from '../../state/run.svelte';
import { Slow } from '../../state/slow.svelte';

/** What grows along a run. */
export type GrowingRun = Pick<TrainingRun, 'records' | 'phase' | 'pace' | 'info'>;

/** Curves grow no more often: to draw them takes a window without a graphics card longer than an epoch of a small network. */
const CURVES_MS = 200;

/**
 * The points of a run's curves as they are drawn: not with every epoch while they grow, all of them when training stops. Each chart has its own, so that none is drawn
 * in one go with the others: the worker would wait for its next steps.
 */
export class SlowRecords extends Slow<readonly EpochRecord[]> {
  constructor(run: GrowingRun) {
    super(
      () => run.records,
      CURVES_MS,
      () => run,
      () => run.phase === 'training',
    );
  }
}
