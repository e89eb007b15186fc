import type { AppState } from './app.svelte';
import type { PathStep, RunRecord } from './run-record';
import type { Entrance } from './subject';

/** Why a run cannot be made again from its beginning; null where it can. */
export function cannotRepeat({ path }: RunRecord): string | null {
  const [first] = path;
  if (first === undefined || path.some(({ by }) => by === 'state')) return 'It began with saved weights';
  return first.step > 0 ? 'Its beginning is not known' : null;
}

/**
 * Makes a run again, from its seed to its last step, with every edit at the step at which it was made: the same numbers come out, to the
 * bit. Whatever stops training on the way stops the repeat.
 */
export async function repeatRun(app: AppState, run: RunRecord): Promise<void> {
  const [first, ...edits] = run.path;
  if (first === undefined || cannotRepeat(run) !== null) return;
  app.experiment.edit(`Repeat ${run.name}`, () => first.document, { enters: { kind: 'initial' } });
  await app.settled();
  for (const edit of edits) {
    if (!(await reached(app, edit.step))) return;
    app.experiment.edit(`Repeat ${run.name}`, () => edit.document, { enters: entrance(edit) });
    await app.settled();
  }
  await reached(app, run.step);
}

async function reached(app: AppState, step: number): Promise<boolean> {
  if ((app.run.progress?.step ?? 0) < step) await app.trainTo(step);
  return app.run.progress?.step === step;
}

function entrance({ by, edit }: PathStep): Entrance | undefined {
  if (by === 'best') return { kind: 'best' };
  return by === 'parameter' && edit !== undefined ? { kind: 'parameter', edit } : undefined;
}
