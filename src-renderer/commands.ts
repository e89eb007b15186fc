import type { MenuCommand } from '../src-main/bridge';
import type { AppState } from './state/app.svelte';
import { deleteSelectedLayer, moveLayerTo } from './state/edits';
import { stepEpoch, stepExample } from './state/steps';
import { startSample } from './state/intake';
import { duplicateLayer, switchLayer } from './state/layer-edits';
import { FIRST_SAMPLE } from './state/samples';

export type CommandId =
  | MenuCommand
  | 'step-epoch'
  | 'step-example'
  | 'train-to'
  | 'checkpoint'
  | 'restore-best'
  | 'load-data'
  | 'theme'
  | 'lessons'
  | 'delete-layer'
  | 'duplicate-layer'
  | 'switch-layer'
  | 'move-layer-up'
  | 'move-layer-down'
  | 'dismiss';

export type CommandGroup = 'Training' | 'Network' | 'Files' | 'Editing' | 'Window';

/** Something a person can ask for by key, menu or button. Keys, tooltips, the keys sheet and Electron's menu all read this. */
export interface Command {
  readonly label: string;
  readonly group: CommandGroup;
  /** Chords such as `Mod+Shift+Z`; Mod is ⌘ on a Mac and Ctrl elsewhere. The first is the one that is shown. */
  readonly keys: readonly string[];
  readonly enabled: (app: AppState) => boolean;
  readonly run: (app: AppState) => void | Promise<void>;
}

const always = () => true;
const canStep = (app: AppState) => app.canTrain && app.run.phase !== 'finished';
const layerSelected = (app: AppState) => app.selection.layerIndex !== null;

function withSelected(app: AppState, edit: (app: AppState, index: number) => void): void {
  const index = app.selection.layerIndex;
  if (index !== null) edit(app, index);
}

function moveSelected(app: AppState, by: 1 | -1): void {
  withSelected(app, (_app, index) => moveLayerTo(app, index, index + by));
}

export const commands: Readonly<Record<CommandId, Command>> = {
  train: {
    label: 'Train or pause',
    group: 'Training',
    keys: ['Space'],
    enabled: (app) => app.run.phase === 'training' || app.canTrain,
    run: (app) => (app.run.phase === 'training' ? app.pause() : app.train()),
  },
  step: {
    label: 'One batch',
    group: 'Training',
    keys: ['ArrowRight'],
    enabled: canStep,
    run: (app) => app.step(),
  },
  'step-epoch': {
    label: 'One epoch',
    group: 'Training',
    keys: ['Shift+ArrowRight'],
    enabled: canStep,
    run: stepEpoch,
  },
  'step-example': {
    label: 'One example (batch size 1)',
    group: 'Training',
    keys: ['Alt+ArrowRight'],
    enabled: canStep,
    run: stepExample,
  },
  'train-to': {
    label: 'Train to an epoch…',
    group: 'Training',
    keys: ['E'],
    enabled: (app) => app.canTrain,
    run: (app) => app.dialogs.open('train-to'),
  },
  checkpoint: {
    label: 'Keep this moment as a checkpoint',
    group: 'Training',
    keys: ['K'],
    enabled: (app) => app.canTrain && app.run.built !== null,
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
    enabled: (app) => app.canTrain && (app.run.progress?.step ?? 0) > 0 && app.run.progress?.best !== null,
    run: (app) =>
      app.experiment.edit('Go back to the best epoch', (document) => document, { enters: { kind: 'best' } }),
  },
  reset: {
    label: 'Reset the weights',
    group: 'Training',
    keys: ['R'],
    enabled: (app) => app.canTrain,
    run: (app) => app.reset(),
  },
  'delete-layer': {
    label: 'Delete the selected layer',
    group: 'Network',
    keys: ['Delete', 'Backspace'],
    enabled: layerSelected,
    run: deleteSelectedLayer,
  },
  'duplicate-layer': {
    label: 'Duplicate the selected layer',
    group: 'Network',
    keys: ['D'],
    enabled: layerSelected,
    run: (app) => withSelected(app, duplicateLayer),
  },
  'switch-layer': {
    label: 'Switch the selected layer off or on',
    group: 'Network',
    keys: ['O'],
    enabled: layerSelected,
    run: (app) => withSelected(app, switchLayer),
  },
  'move-layer-up': {
    label: 'Move the selected layer up',
    group: 'Network',
    keys: ['Alt+ArrowUp'],
    enabled: layerSelected,
    run: (app) => moveSelected(app, -1),
  },
  'move-layer-down': {
    label: 'Move the selected layer down',
    group: 'Network',
    keys: ['Alt+ArrowDown'],
    enabled: layerSelected,
    run: (app) => moveSelected(app, 1),
  },
  undo: {
    label: 'Undo',
    group: 'Editing',
    keys: ['Mod+Z'],
    enabled: (app) => app.experiment.canUndo,
    run: (app) => app.experiment.undo(),
  },
  redo: {
    label: 'Redo',
    group: 'Editing',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: (app) => app.experiment.canRedo,
    run: (app) => app.experiment.redo(),
  },
  new: {
    label: 'New experiment',
    group: 'Files',
    keys: ['Mod+N'],
    enabled: always,
    run: (app) => startSample(app, FIRST_SAMPLE),
  },
  'load-data': {
    label: 'Load data…',
    group: 'Files',
    keys: ['Mod+D'],
    enabled: always,
    run: (app) => app.pickFiles(),
  },
  open: {
    label: 'Open project…',
    group: 'Files',
    keys: ['Mod+O'],
    enabled: always,
    run: (app) => (app.shell?.opening === 'dialog' ? app.project.choose() : app.dialogs.open('open')),
  },
  save: {
    label: 'Save',
    group: 'Files',
    keys: ['Mod+S'],
    enabled: (app) => !app.project.saving,
    run: (app) => app.project.save(),
  },
  'save-as': {
    label: 'Save as…',
    group: 'Files',
    keys: ['Mod+Shift+S'],
    enabled: (app) => !app.project.saving,
    run: (app) => app.dialogs.open('save'),
  },
  export: {
    label: 'Export model…',
    group: 'Files',
    keys: ['Mod+E'],
    enabled: always,
    run: (app) => app.dialogs.open('export'),
  },
  'export-again': {
    label: 'Export again',
    group: 'Files',
    keys: ['Mod+Shift+E'],
    enabled: (app) => !app.exports.working,
    run: (app) => app.exports.again(),
  },
  theme: {
    label: 'Light or dark',
    group: 'Window',
    keys: ['Mod+Shift+L'],
    enabled: always,
    run: (app) => app.theme.toggle(),
  },
  shortcuts: {
    label: 'Keys and help',
    group: 'Window',
    keys: ['?', 'F1'],
    enabled: always,
    run: (app) => app.dialogs.open('keys'),
  },
  lessons: {
    label: 'Lessons…',
    group: 'Window',
    keys: ['L'],
    enabled: always,
    run: (app) => app.dialogs.open('lessons'),
  },
  dismiss: {
    label: 'Stop reading data, else dismiss messages',
    group: 'Window',
    keys: ['Escape'],
    enabled: (app) => app.data.loading || app.messages.list.length > 0,
    run: (app) => (app.data.loading ? app.data.cancel() : app.messages.dismissAll()),
  },
};

export function runCommand(app: AppState, id: CommandId): void {
  const command = commands[id];
  if (app.dialogs.current === null && command.enabled(app)) void command.run(app);
}
