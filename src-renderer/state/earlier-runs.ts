import type { ExperimentState } from './experiment.svelte';
import { atHome, filesFor } from './document-home';
import type { TrainedMoment } from './moments';
import type { PathStep, RunRecord } from './run-record';
import type { TrainingRun } from './run.svelte';
import type { Entrance } from './subject';

/** What of the window an earlier moment is brought back into. */
export interface RunWindow {
  readonly experiment: ExperimentState;
  readonly run: TrainingRun;
  /** Resolves when the run has caught up with the document. */
  settled(): Promise<unknown>;
}

/** Where a run was left; null where its weights had to make room, or another run was left in their place. */
export function lastMoment({ run: { moments } }: RunWindow, run: RunRecord): TrainedMoment | null {
  const kept = moments.get(run.era);
  if (kept === undefined || kept.run !== run.number) return null;
  const { moment } = kept;
  return moment?.state.step === run.step ? { ...kept, moment } : null;
}

/** Document and weights as the run was left, as one step of undo. */
export async function goBackTo(app: RunWindow, run: RunRecord): Promise<void> {
  const kept = lastMoment(app, run);
  if (kept !== null) await enterMoment(app, `Go back to ${run.name}`, kept);
}

/** Shows a moment again, with its files and its weights, as one step of undo; the run goes on from there. */
export async function enterMoment(app: RunWindow, label: string, kept: TrainedMoment): Promise<void> {
  const { document, files, origin } = kept.subject;
  // One of another experiment must not be saved over this one.
  const begins = origin !== app.experiment.origin;
  const enters = { kind: 'state', state: kept.moment.state, from: kept } as const;
  app.experiment.edit(label, () => document, { files, begins, enters });
  await app.settled();
}

/** Why a run cannot be made again from its beginning; null where it can. */
export function cannotRepeat({ experiment }: RunWindow, { path }: RunRecord): string | null {
  const [first] = path;
  if (first === undefined || path.some(({ by }) => by === 'state')) return 'It began with saved weights';
  if (first.step > 0) return 'Its beginning is not known';
  return path.some(({ document }) => filesFor(experiment, document) === null) ? 'Its data files are not open' : null;
}

/**
 * Makes a run again, from its seed to its last step, with every edit at the step at which it was made: the same numbers come out, to the
 * bit. Whatever stops training on the way stops the repeat.
 */
export async function repeatRun(
  app: RunWindow & { trainTo(step: number): Promise<unknown> },
  run: RunRecord,
): Promise<void> {
  const [first, ...edits] = run.path;
  if (first === undefined || cannotRepeat(app, run) !== null) return;
  const { experiment } = app;
  const reached = async (step: number): Promise<boolean> => {
    if ((app.run.progress?.step ?? 0) < step) await app.trainTo(step);
    return app.run.progress?.step === step;
  };
  const label = `Repeat ${run.name}`;
  experiment.edit(label, () => first.document, { ...atHome(experiment, first.document), enters: { kind: 'initial' } });
  await app.settled();
  for (const edit of edits) {
    if (!(await reached(edit.step))) return;
    const enters = entrance(edit);
    experiment.edit(label, () => edit.document, {
      ...atHome(experiment, edit.document),
      begins: false,
      ...(enters && { enters }),
    });
    await app.settled();
  }
  await reached(run.step);
}

function entrance({ by, edit }: PathStep): Entrance | undefined {
  if (by === 'best') return { kind: 'best' };
  return by === 'parameter' && edit !== undefined ? { kind: 'parameter', edit } : undefined;
}
