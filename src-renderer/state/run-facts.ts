import type { RunFacts } from './run-record';
import type { TrainingRun } from './run.svelte';

/** What a run that was built has to show as it stands. */
export function factsOf({ built, path, records, changes, progress, phase, evaluations }: TrainingRun): RunFacts {
  const finished = progress?.stopped === 'early' ? ('early' as const) : ('finished' as const);
  return {
    ...{ document: built!.document, path, records, marks: changes, evaluations },
    epoch: progress?.epoch ?? 0,
    step: progress?.step ?? 0,
    outcome: phase === 'diverged' ? phase : phase === 'finished' ? finished : 'stopped',
    best: progress?.best ?? null,
  };
}
