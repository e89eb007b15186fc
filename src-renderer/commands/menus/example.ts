import type { AppState } from '../../state/app.svelte';
import { exampleName, exclude, putBack, relabel } from '../../state/example-edits';
import { keyOfClass } from '../../stage/data/example-keys';
import type { MenuGroup } from '../../ui/menu-group';
import type { Offer } from '../offer';

/** As many classes as have a digit. */
const MOST_CLASSES = 10;

/** Of an example in the views of the data; its keys are those of a selected one. */
export function exampleMenu(app: AppState, place: number): readonly MenuGroup[] {
  const { excluded, relabelled } = app.experiment.document.data;
  const classes = app.data.summary?.classes ?? [];
  const name = exampleName(app, place);
  const out = excluded.includes(place)
    ? offer('put-back', `Put back ${name}`, 'Delete', () => putBack(app, place))
    : offer('leave-out', `Leave out ${name}`, 'Delete', () => exclude(app, place));
  const asInFile = offer('as-in-file', 'As in the file', '', () => relabel(app, place, null));
  return [
    { offers: [out] },
    {
      offers: classes
        .slice(0, MOST_CLASSES)
        .map((each) =>
          offer(`class ${each}`, `Relabel as ${each}`, keyOfClass(classes, each), () => relabel(app, place, each)),
        ),
    },
    { offers: Object.hasOwn(relabelled, String(place)) ? [asInFile] : [] },
  ];
}

function offer(what: string, label: string, key: string, run: () => void): Offer {
  const keys = key === '' ? [] : [key];
  return { id: `example:${what}`, label, group: 'Data', keys, words: '', obstacle: null, run };
}
