import { focusPane } from '../state/focus-pane';
import { always, type Commands } from './command';

export const windowCommands = {
  palette: {
    label: 'All commands…',
    group: 'Window',
    keys: ['Mod+K', 'Mod+Shift+P'],
    words: 'palette search find action',
    enabled: always,
    run: (app) => app.dialogs.open('palette'),
  },
  'next-pane': {
    label: 'Go to the next pane',
    group: 'Window',
    keys: ['F6'],
    words: 'pipeline stage inspector settings focus',
    enabled: always,
    run: (app) => focusPane(app, 1),
  },
  'previous-pane': {
    label: 'Go to the previous pane',
    group: 'Window',
    keys: ['Shift+F6'],
    words: 'pipeline stage inspector settings focus',
    enabled: always,
    run: (app) => focusPane(app, -1),
  },
  theme: {
    label: 'Light or dark',
    group: 'Window',
    keys: ['Mod+Shift+L'],
    words: 'theme colours appearance mode',
    enabled: always,
    run: (app) => app.theme.toggle(),
  },
  shortcuts: {
    label: 'Keys and help',
    group: 'Window',
    keys: ['?', 'F1'],
    words: 'shortcuts keyboard',
    enabled: always,
    run: (app) => app.dialogs.open('keys'),
  },
  lessons: {
    label: 'Lessons…',
    group: 'Window',
    keys: ['L'],
    words: 'learn course teach notes tutorial',
    enabled: always,
    run: (app) => app.dialogs.open('lessons'),
  },
  dismiss: {
    label: 'Stop reading data, else dismiss messages',
    group: 'Window',
    keys: ['Escape'],
    words: 'cancel close',
    enabled: (app) => app.data.loading || app.messages.list.length > 0,
    needs: 'Nothing is being read, and there is no message.',
    run: (app) => (app.data.loading ? app.data.cancel() : app.messages.dismissAll()),
  },
} satisfies Commands;
