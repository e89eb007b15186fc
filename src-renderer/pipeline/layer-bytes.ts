import type { Inspection, LayerSpec } from '../../src-worker/api';
import { isEnabled } from '../../src-worker/experiment/enabled';

/** What a layer takes of the memory: its parameters, gradients and optimizer state, and its values of a batch. Null where that is unknown. */
export function layerBytes(inspection: Inspection | null, layers: readonly LayerSpec[], index: number): number | null {
  const layer = layers[index];
  if (layer === undefined || !isEnabled(layer) || layers.length !== inspection?.layers.length) return null;
  // The footprint knows only layers that are switched on.
  const place = layers.slice(0, index).filter(isEnabled).length;
  const taken = inspection.memory?.layers[place];
  return taken === undefined ? null : taken.batch + taken.rest;
}
