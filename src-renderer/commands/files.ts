import { startSample } from '../state/intake';
import { startPainting } from '../state/painting';
import { chooseFile } from '../ui/choose-file';
import { FIRST_SAMPLE } from '../state/samples';
import { always, type Commands } from './command';

const SAVING = 'The project is being saved.';

export const fileCommands = {
  new: {
    label: 'New experiment',
    group: 'Files',
    keys: ['Mod+N'],
    words: 'begin empty',
    enabled: always,
    run: (app) => startSample(app, FIRST_SAMPLE),
  },
  'load-data': {
    label: 'Load data…',
    group: 'Files',
    keys: ['Mod+D'],
    words: 'import csv table open file',
    enabled: always,
    run: (app) => app.pickFiles(),
  },
  'load-folder': {
    label: 'Load a folder of images…',
    group: 'Files',
    keys: [],
    words: 'import data open pictures directory',
    enabled: always,
    run: (app) => app.pickFolder(),
  },
  paint: {
    label: 'Paint your own points',
    group: 'Files',
    keys: [],
    words: 'draw data plane',
    enabled: always,
    run: startPainting,
  },
  open: {
    label: 'Open project…',
    group: 'Files',
    keys: ['Mod+O'],
    words: 'load recent',
    enabled: always,
    run: (app) => (app.shell?.opening === 'dialog' ? app.project.choose() : app.dialogs.open('open')),
  },
  recent: {
    label: 'Recent work…',
    group: 'Files',
    keys: ['Mod+Shift+O'],
    words: 'open project kept unsaved crash recover',
    enabled: always,
    run: (app) => app.dialogs.open('open'),
  },
  save: {
    label: 'Save',
    group: 'Files',
    keys: ['Mod+S'],
    words: 'project write',
    enabled: (app) => !app.project.saving,
    needs: SAVING,
    run: (app) => app.project.save(),
  },
  'save-as': {
    label: 'Save as…',
    group: 'Files',
    keys: ['Mod+Shift+S'],
    words: 'project write copy',
    enabled: (app) => !app.project.saving,
    needs: SAVING,
    run: (app) => app.dialogs.open('save'),
  },
  predict: {
    label: 'Predict a file…',
    group: 'Files',
    keys: ['P'],
    words: 'answer rows csv infer',
    enabled: (app) => app.canTrain && !app.predictions.asking,
    needs: 'Needs data and a network that can be trained.',
    run: async (app) => {
      const file = await chooseFile();
      if (file !== null) await app.predictions.answer([file]);
    },
  },
  export: {
    label: 'Export model…',
    group: 'Files',
    keys: ['Mod+E'],
    words: 'onnx keras pytorch tensorflow code',
    enabled: always,
    run: (app) => app.dialogs.open('export'),
  },
  'export-again': {
    label: 'Export again',
    group: 'Files',
    keys: ['Mod+Shift+E'],
    words: 'same format write',
    enabled: (app) => !app.exports.working,
    needs: 'A model is being exported.',
    run: (app) => app.exports.again(),
  },
} satisfies Commands;
