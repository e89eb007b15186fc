import type { Commands } from './command';

export const sweepCommands = {
  sweep: {
    label: 'Sweep over settings…',
    group: 'Training',
    keys: ['S'],
    words: 'grid random search hyperparameters tune many runs',
    enabled: (app) => app.lessons.offersView('Sweep'),
    needs: 'The lesson leaves this view out.',
    run: (app) => app.stage.show('Sweep'),
  },
  'sweep-pause': {
    label: 'Pause the sweep, or go on with it',
    group: 'Training',
    keys: [],
    words: 'resume hold',
    enabled: (app) => app.sweeps.running !== null && app.sweeps.running.phase !== 'ended',
    needs: 'No sweep is under way.',
    run: ({ sweeps: { running } }) => (running?.phase === 'paused' ? running.goOn() : running?.pause()),
  },
  'sweep-stop': {
    label: 'Stop the sweep and keep what is finished',
    group: 'Training',
    keys: [],
    words: 'end cancel',
    enabled: (app) => app.sweeps.running !== null && app.sweeps.running.phase !== 'ended',
    needs: 'No sweep is under way.',
    run: ({ sweeps }) => sweeps.running?.stop(),
  },
} satisfies Commands;
