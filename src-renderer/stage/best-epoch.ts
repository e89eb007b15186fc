import { commands, runCommand } from '../commands';
import type { AppState } from '../state/app.svelte';

/** The best epoch of a run, whose weights are kept, and how they come back. */
export interface RestorableEpoch {
  readonly epoch: number;
  readonly restore: () => void;
}

/** Null where there is nothing to go back to. */
export function restorableBest(app: AppState): RestorableEpoch | null {
  const epoch = app.run.progress?.best?.epoch;
  if (epoch === undefined || !commands['restore-best'].enabled(app)) return null;
  return { epoch, restore: () => runCommand(app, 'restore-best') };
}
