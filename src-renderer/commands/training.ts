import type { AppState } from '../state/app.svelte';
import { stepEpoch, stepExample } from '../state/steps';
import type { Commands } from './command';

const NO_NETWORK = 'Needs data and a network that can be trained.';

const canStep = (app: AppState): boolean => app.canTrain && app.run.phase !== 'finished';

function whyNoStep(app: AppState): string {
  return app.canTrain ? 'The last epoch is done; Train goes on.' : whyNoTraining(app);
}

function whyNoTraining(app: AppState): string {
  return app.obstacles[0]?.message ?? NO_NETWORK;
}

export const trainingCommands = {
  train: {
    label: 'Train or pause',
    group: 'Training',
    keys: ['Space'],
    words: 'start stop run go fit',
    enabled: (app) => app.run.phase === 'training' || app.canTrain,
    needs: whyNoTraining,
    run: (app) => (app.run.phase === 'training' ? app.pause() : app.train()),
  },
  step: {
    label: 'One batch',
    group: 'Training',
    keys: ['ArrowRight'],
    words: 'step update',
    enabled: canStep,
    needs: whyNoStep,
    run: (app) => app.step(),
  },
  'step-epoch': {
    label: 'One epoch',
    group: 'Training',
    keys: ['Shift+ArrowRight'],
    words: 'step',
    enabled: canStep,
    needs: whyNoStep,
    run: stepEpoch,
  },
  'step-example': {
    label: 'One example (batch size 1)',
    group: 'Training',
    keys: ['Alt+ArrowRight'],
    words: 'step stochastic',
    enabled: canStep,
    needs: whyNoStep,
    run: stepExample,
  },
  'train-to': {
    label: 'Train to an epoch…',
    group: 'Training',
    keys: ['E'],
    enabled: (app) => app.canTrain,
    needs: whyNoTraining,
    run: (app) => app.dialogs.open('train-to'),
  },
  'find-rate': {
    label: 'Find a learning rate…',
    group: 'Training',
    keys: ['F'],
    words: 'finder range test',
    enabled: (app) => app.canTrain && app.run.built !== null,
    needs: whyNoTraining,
    run: (app) => app.dialogs.open('find-rate'),
  },
  checkpoint: {
    label: 'Keep this moment as a checkpoint',
    group: 'Training',
    keys: ['K'],
    words: 'save weights snapshot',
    enabled: (app) => app.canTrain && app.run.built !== null,
    needs: whyNoTraining,
    run: async (app) => {
      const kept = await app.checkpoints.save();
      if (app.report('No checkpoint was kept', kept) && kept.value !== null)
        app.messages.note(`Kept ${kept.value.name}`);
    },
  },
  'restore-best': {
    label: 'Go back to the best epoch',
    group: 'Training',
    keys: ['B'],
    words: 'restore weights',
    enabled: (app) => app.canTrain && (app.run.progress?.step ?? 0) > 0 && app.run.progress?.best !== null,
    needs: 'Train an epoch first.',
    run: (app) =>
      app.experiment.edit('Go back to the best epoch', (document) => document, { enters: { kind: 'best' } }),
  },
  reset: {
    label: 'Reset the weights',
    group: 'Training',
    keys: ['R'],
    words: 'initial begin again',
    enabled: (app) => app.canTrain,
    needs: whyNoTraining,
    run: (app) => app.reset(),
  },
} satisfies Commands;
