import type { LayerSpec } from '../../src-worker/api';
import { isEnabled, withEnabled } from '../../src-worker/experiment/enabled';
import { applyPreset, presets, type PresetData, type PresetKind } from '../../src-worker/experiment/presets';
import type { AppState } from './app.svelte';
import { defaultsOf, entryOf, insertLayer, layerName, replaceLayer } from './layers';

/** Edits of layers beyond adding at the end, deleting and moving: each one step of undo. */

/** Adds a layer of a kind at this very place, whatever fits, and selects it. */
export function insertLayerAt(app: AppState, kind: string, index: number): void {
  const entry = entryOf(app.catalog.layers, kind);
  const layer = defaultsOf(entry, app.catalog) as unknown as LayerSpec; // the registry describes the spec of its kind
  app.experiment.edit(`Insert ${entry.label.toLowerCase()} layer`, (document) => insertLayer(document, index, layer));
  app.selection.select({ kind: 'layer', index });
}

/** A second one like it right behind it, selected. */
export function duplicateLayer(app: AppState, index: number): void {
  const layer = app.experiment.document.network.layers[index];
  if (layer === undefined) return;
  app.experiment.edit(`Duplicate ${layerName(layer, app.catalog)}`, (document) =>
    insertLayer(document, index + 1, { ...layer }),
  );
  app.selection.select({ kind: 'layer', index: index + 1 });
}

/** Takes the layer out of the network without deleting it, or puts it back. */
export function switchLayer(app: AppState, index: number): void {
  const layer = app.experiment.document.network.layers[index];
  if (layer === undefined) return;
  const enabled = !isEnabled(layer);
  app.experiment.edit(`Switch ${layerName(layer, app.catalog)} ${enabled ? 'on' : 'off'}`, (document) =>
    replaceLayer(document, index, withEnabled(layer, enabled)),
  );
}

/** What the presets look at; null while no data are there. */
export function presetData(app: AppState): PresetData | null {
  const { summary } = app.data;
  if (summary === null || app.data.problems.length > 0) return null;
  return { task: summary.task, classes: summary.classes.length, inputShape: summary.inputShape };
}

/** Puts the layers of a preset in place of those that are there. */
export function choosePreset(app: AppState, kind: PresetKind): void {
  const data = presetData(app);
  if (data === null) return;
  app.experiment.edit(`Use preset ${presets[kind].label}`, (document) => applyPreset(document, kind, data));
  app.selection.select({ kind: 'layer', index: 0 });
}
