import type { Experiment, LayerSpec, OptimizerSpec } from '../../src-worker/api';
import type { AppState } from './app.svelte';
import { defaultsOf, entryOf, insertLayer, layerName, moveLayer, removeLayer, switchKind } from './layers';

/** Edits that more than one place in the window makes: a card, a key, a menu. */

/**
 * Adds a layer behind the selected one, but in front of the output layer and, for a kind that takes images, of the first layer to
 * which no image comes any more; and selects it.
 */
export function addLayer(app: AppState, kind: string): void {
  const { catalog, experiment, selection } = app;
  const entry = entryOf(catalog.layers, kind);
  const last = experiment.document.network.layers.length - 1;
  const rows =
    entry.takes === 'image' ? app.inspection?.layers.findIndex(({ inputShape }) => inputShape?.length === 1) : -1;
  // The layer before the first that gets a row is what makes the row: the new one goes in front of it.
  const most = rows === undefined || rows < 0 ? last : Math.min(rows - 1, last);
  const index = Math.max(0, Math.min(selection.layerIndex === null ? last : selection.layerIndex + 1, most));
  const layer = defaultsOf(entry, catalog) as unknown as LayerSpec; // the registry describes the spec of its kind
  experiment.edit(`Add ${entry.label.toLowerCase()} layer`, (document) => insertLayer(document, index, layer));
  selection.select({ kind: 'layer', index });
}

/** Deletes the selected layer; does nothing while something else is selected. */
export function deleteSelectedLayer(app: AppState): void {
  const { catalog, experiment, selection } = app;
  const index = selection.layerIndex;
  const layer = index === null ? undefined : experiment.document.network.layers[index];
  if (index === null || layer === undefined) return;
  experiment.edit(`Delete ${layerName(layer, catalog)}`, (document) => removeLayer(document, index));
  selection.clamp(experiment.document.network.layers.length);
}

/** Moves a layer to another place; the selection goes with it. */
export function moveLayerTo(app: AppState, from: number, to: number): void {
  const { catalog, experiment, selection } = app;
  const layer = experiment.document.network.layers[from];
  if (layer === undefined || moveLayer(experiment.document, from, to) === experiment.document) return;
  experiment.edit(`Move ${layerName(layer, catalog)}`, (document) => moveLayer(document, from, to));
  selection.select({ kind: 'layer', index: to });
}

/** Switches to another optimizer, see {@link switchKind}. */
export function changeOptimizer(app: AppState, kind: string): void {
  const { optimizers } = app.catalog;
  app.experiment.edit(`Change optimizer to ${entryOf(optimizers, kind).label}`, (document) => {
    const optimizer = switchKind({ ...document.training.optimizer }, kind, optimizers, app.catalog);
    return changeTraining(document, { optimizer: optimizer as unknown as OptimizerSpec }); // of that kind's own fields
  });
}

export function changeTraining(document: Experiment, change: Partial<Experiment['training']>): Experiment {
  return { ...document, training: { ...document.training, ...change } };
}

export function changeNetwork(document: Experiment, change: Partial<Experiment['network']>): Experiment {
  return { ...document, network: { ...document.network, ...change } };
}

export function changeData(document: Experiment, change: Partial<Experiment['data']>): Experiment {
  return { ...document, data: { ...document.data, ...change } };
}
