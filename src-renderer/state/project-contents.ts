import type { ModelSnapshot, Outcome } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import { succeed } from '../../src-worker/problem';
import type { AppState } from './app.svelte';
import type { Subject } from './subject';

/** What a project file is to hold. */
export interface ProjectContents {
  /** The version of the document that is on the screen, whether it can be trained or not. */
  readonly subject: Subject;
  /** Of this experiment as it was trained last, perhaps under a document before; null where it has no network yet. */
  readonly model: ModelSnapshot | null;
}

/** All of the experiment on the screen, once the run has caught up with it. */
export async function contentsOf(app: AppState): Promise<Outcome<ProjectContents>> {
  await app.settled();
  const { current: subject, path } = app.experiment;
  if (app.run.built?.origin !== subject.origin) return succeed({ subject, model: waitingModel(path, subject) });
  const taken = await app.trainer.snapshot();
  if (!taken.ok) return taken;
  const { experiment } = taken.value;
  // The name is no matter of the run, which may know an older one.
  const own = sameValue({ ...experiment, name: subject.document.name }, subject.document);
  return succeed({ subject, model: own ? { ...taken.value, experiment: subject.document } : taken.value });
}

/** Of a project that was opened without its data: what it brought along waits for them. */
function waitingModel(path: readonly Subject[], { origin }: Subject): ModelSnapshot | null {
  const opened = path.find((version) => version.origin === origin && version.enters.kind === 'state');
  if (opened?.enters.kind !== 'state' || opened.enters.preprocessing === undefined) return null;
  const { state, preprocessing } = opened.enters;
  return { experiment: opened.document, preprocessing, state };
}
