import type { AppState } from './app.svelte';
import { changeTraining } from './edits';

/** To the end of the epoch under way. */
export function stepEpoch(app: AppState): Promise<void> {
  return app.step(({ batchesPerEpoch, batchInEpoch }) => batchesPerEpoch - batchInEpoch);
}

/** One update on one example: the batch becomes one example, as an edit that undo takes back. */
export async function stepExample(app: AppState): Promise<void> {
  app.experiment.edit('Train on one example at a time', (document) =>
    document.training.batchSize === 1 ? document : changeTraining(document, { batchSize: 1 }),
  );
  await app.step();
}

/** Trains to the end of an epoch; one behind the last of the document makes the run that long. */
export async function trainToEpoch(app: AppState, epoch: number): Promise<void> {
  app.experiment.edit(`Train to epoch ${epoch.toLocaleString('en')}`, (document) =>
    document.training.epochs >= epoch ? document : changeTraining(document, { epochs: epoch }),
  );
  await app.settled();
  const { progress } = app.run;
  if (progress === null) return;
  const { step, batchesPerEpoch, batchInEpoch } = progress;
  await app.trainTo(step + (epoch - progress.epoch) * batchesPerEpoch - batchInEpoch);
}
