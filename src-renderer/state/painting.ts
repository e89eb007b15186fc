import type { AppState } from './app.svelte';
import { NO_FILES } from './experiment.svelte';
import { paintingDocument } from './paint-edits';

/** Begins an experiment on an empty plane, and shows it. */
export async function startPainting(app: AppState): Promise<void> {
  // What is being read would take the place of the painting when it is done.
  await app.undisturbed(() => Promise.resolve(begin(app)));
  await app.settled();
}

function begin(app: AppState): void {
  app.experiment.edit('Paint points', () => paintingDocument(), { files: NO_FILES, begins: true });
  app.messages.dismissAll();
  app.selection.select({ kind: 'data' });
  app.stage.data.look = 'paint';
  app.stage.show('Data');
}
