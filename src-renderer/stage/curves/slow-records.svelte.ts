import type { EpochRecord } from '../../../src-worker/api';
import type { TrainingRun } from '../../state/run.svelte';
import { Slow } from '../../state/slow.svelte';

/** Curves grow no more often: to draw them takes a window without a graphics card longer than an epoch of a small network. */
const CURVES_MS = 100;

/** The points of a run's curves as they are drawn: not with every epoch while training goes on, all of them when it stops. */
export class SlowRecords extends Slow<readonly EpochRecord[]> {
  constructor(run: TrainingRun) {
    super(
      () => run.records,
      CURVES_MS,
      () => run.phase === 'training',
    );
  }
}
