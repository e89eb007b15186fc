import { parseRunHistory } from '../../src-worker/experiment/run-history';
import type { AppState } from './app.svelte';
import { bytesOfFile } from './project-files';

/** Puts a run that was trained elsewhere beside those of this window; the document and the present run stay as they are. */
export async function importRun(app: AppState, file: File): Promise<void> {
  const title = `${file.name} was not added`;
  const bytes = await bytesOfFile(file);
  if (!app.report(title, bytes)) return;
  const parsed = parseRunHistory(new TextDecoder().decode(bytes.value), file.name);
  if (!app.report(title, parsed)) return;
  const { experiment, by, ...facts } = parsed.value;
  const run = app.runs.add({ ...facts, document: experiment, path: [], marks: [] }, by);
  app.messages.note(`Added ${run.name}: ${run.epoch} epochs of ${experiment.name}`);
}
