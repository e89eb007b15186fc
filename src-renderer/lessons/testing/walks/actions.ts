import type { BugKind } from '../../../../src-worker/api';
import type { AppState } from '../../../state/app.svelte';
import type { ViewName } from '../../../stage/views';
import { addLayer } from '../../../state/edits';
import { withValueAt } from '../../document-path';
import type { SettingValue } from '../../goals';

/** One thing that a student does, with the words of the lesson that say so. */
export interface Action {
  readonly says: string;
  readonly act: (app: AppState) => void | Promise<void>;
}

/** For each step of a lesson what its text says to do. */
export type Walk = readonly (readonly Action[])[];

export const does = (says: string, act: Action['act']): Action => ({ says, act });

/** Trains to the end of the run; one that is finished goes on for as many epochs again. */
export const train = (says: string): Action => does(says, (app) => app.train());

export const step = (says: string): Action => does(says, (app) => app.step());

export const reset = (says: string): Action => does(says, (app) => app.reset());

export const set = (says: string, path: string, value: SettingValue): Action =>
  does(says, (app) => app.experiment.edit('Change a setting', (document) => withValueAt(document, path, value)));

export const add = (says: string): Action => does(says, (app) => addLayer(app, 'dense'));

/** @param goal which of the step's goals asks, from 0 */
export const answer = (says: string, goal: number, text: string): Action =>
  does(says, (app) => app.lessons.answer(goal, text));

export const open = (says: string, view: ViewName): Action =>
  does(says, (app) => {
    app.stage.view = view;
  });

export const setUp = (says: string): Action => does(says, (app) => app.lessons.setUp());

/** Looks at the Check view, which checks by itself, until it is through. */
export const check = (says: string, bug: BugKind | null): Action =>
  does(says, async ({ stage, trainer, run }) => {
    stage.check.ask(bug);
    stage.view = 'Check';
    const close = stage.check.open({ source: trainer, isTraining: () => false });
    await stage.check.start(run.built!.document);
    while (stage.check.running) await new Promise((next) => setTimeout(next));
    close();
  });
