import type { AppState } from '../state/app.svelte';
import { deleteSelectedLayer, moveLayerTo } from '../state/edits';
import { duplicateLayer, switchLayer } from '../state/layer-edits';
import type { Commands } from './command';

const NO_LAYER = 'Select a layer first.';

const layerSelected = (app: AppState): boolean => app.selection.layerIndex !== null;

function withSelected(app: AppState, edit: (app: AppState, index: number) => void): void {
  const index = app.selection.layerIndex;
  if (index !== null) edit(app, index);
}

function moveSelected(app: AppState, by: 1 | -1): void {
  withSelected(app, (_app, index) => moveLayerTo(app, index, index + by));
}

export const networkCommands = {
  'delete-layer': {
    label: 'Delete the selected layer',
    group: 'Network',
    keys: ['Delete', 'Backspace'],
    words: 'remove',
    enabled: layerSelected,
    needs: NO_LAYER,
    run: deleteSelectedLayer,
  },
  'duplicate-layer': {
    label: 'Duplicate the selected layer',
    group: 'Network',
    keys: ['D'],
    words: 'copy',
    enabled: layerSelected,
    needs: NO_LAYER,
    run: (app) => withSelected(app, duplicateLayer),
  },
  'switch-layer': {
    label: 'Switch the selected layer off or on',
    group: 'Network',
    keys: ['O'],
    words: 'disable enable',
    enabled: layerSelected,
    needs: NO_LAYER,
    run: (app) => withSelected(app, switchLayer),
  },
  'move-layer-up': {
    label: 'Move the selected layer up',
    group: 'Network',
    keys: ['Alt+ArrowUp'],
    enabled: layerSelected,
    needs: NO_LAYER,
    run: (app) => moveSelected(app, -1),
  },
  'move-layer-down': {
    label: 'Move the selected layer down',
    group: 'Network',
    keys: ['Alt+ArrowDown'],
    enabled: layerSelected,
    needs: NO_LAYER,
    run: (app) => moveSelected(app, 1),
  },
} satisfies Commands;
