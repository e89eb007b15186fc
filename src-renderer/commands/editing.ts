import type { Commands } from './command';

export const editingCommands = {
  undo: {
    label: 'Undo',
    group: 'Editing',
    keys: ['Mod+Z'],
    words: 'back',
    enabled: (app) => app.experiment.canUndo,
    needs: 'Nothing was changed yet.',
    run: (app) => app.experiment.undo(),
  },
  redo: {
    label: 'Redo',
    group: 'Editing',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    words: 'forward again',
    enabled: (app) => app.experiment.canRedo,
    needs: 'Nothing was undone.',
    run: (app) => app.experiment.redo(),
  },
} satisfies Commands;
