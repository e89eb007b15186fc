import { cannotRepeat, goBackTo, lastMoment, repeatRun } from '../../state/earlier-runs';
import type { AppState } from '../../state/app.svelte';
import type { RunRecord } from '../../state/run-record';
import type { MenuGroup } from '../../ui/menu-group';
import type { Offer } from '../offer';

/** Of a run in the list of runs; the palette offers the first two of each run too. */
export function runMenu(app: AppState, run: RunRecord): readonly MenuGroup[] {
  return [
    { offers: [goBack(app, run), repeat(app, run)] },
    { offers: [overlay(app, run), pin(app, run)] },
    { offers: [report(app, run)] },
    { offers: [remove(app, run)] },
  ];
}

export function goBack(app: AppState, run: RunRecord): Offer {
  const why = run.sweep === undefined ? 'are not kept any more' : 'were not kept; a repeat makes them again';
  const gone = lastMoment(app, run) === null ? `The weights of ${run.name} ${why}.` : null;
  return {
    ...ofRun(run, 'back', `Go back to ${run.name}`),
    obstacle: isPresent(app, run) ? `${run.name} is on the screen.` : gone,
    run: () => void goBackTo(app, run),
  };
}

export function repeat(app: AppState, run: RunRecord): Offer {
  const reason = cannotRepeat(app, run);
  return {
    ...ofRun(run, 'repeat', `Repeat ${run.name} exactly`),
    obstacle: reason === null ? null : `${reason}: it cannot be repeated.`,
    run: () => void repeatRun(app, run),
  };
}

function overlay(app: AppState, run: RunRecord): Offer {
  return {
    ...ofRun(run, 'overlay', run.overlaid ? 'Hide on the curves' : 'Show on the curves'),
    run: () => app.runs.overlay(run.number, !run.overlaid),
  };
}

function pin(app: AppState, run: RunRecord): Offer {
  return {
    ...ofRun(run, 'pin', run.pinned ? 'Unpin' : 'Pin'),
    run: () => togglePin(app, run),
  };
}

/** Turns it round, with a way back. */
export function togglePin(app: AppState, { number, name, pinned }: RunRecord): void {
  app.runs.pin(number, !pinned);
  const undo = { label: 'Undo', run: () => app.runs.pin(number, pinned) };
  app.messages.note(pinned ? `Unpinned ${name}` : `Pinned ${name} above the others`, undo);
}

export function report(app: AppState, run: RunRecord): Offer {
  return {
    ...ofRun(run, 'report', `Save a report of ${run.name}`),
    // With KaTeX and all that it writes: nobody else waits for it.
    run: () => void import('../../report/save-report').then(({ saveReport }) => saveReport(app, run)),
  };
}

export function remove(app: AppState, run: RunRecord): Offer {
  return {
    ...ofRun(run, 'delete', `Delete ${run.name}`),
    obstacle: isPresent(app, run) ? `${run.name} is on the screen.` : null,
    run: () => {
      const putBack = app.runs.delete(run.number);
      app.messages.note(`Deleted ${run.name}`, { label: 'Undo', run: putBack });
    },
  };
}

function isPresent(app: AppState, run: RunRecord): boolean {
  return app.run.number === run.number;
}

function ofRun(run: RunRecord, what: string, label: string): Omit<Offer, 'run'> {
  return {
    id: `run-${what}:${run.number}`,
    label,
    group: 'Runs',
    keys: [],
    words: 'experiment earlier',
    obstacle: null,
  };
}
