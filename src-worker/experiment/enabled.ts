import type { LayerSpec } from './document';

/** Whether the network has the layer: one that is switched off keeps its place in the document, and nothing else of it counts. */
export function isEnabled(layer: LayerSpec): boolean {
  return layer.enabled !== false;
}

/** The layer switched on or off. */
export function withEnabled(layer: LayerSpec, enabled: boolean): LayerSpec {
  if (enabled === isEnabled(layer)) return layer;
  if (!enabled) return { ...layer, enabled: false };
  const own = Object.entries(layer).filter(([key]) => key !== 'enabled');
  return Object.fromEntries(own) as unknown as LayerSpec; // every field of the kind is still there
}

/** The layer that makes ŷ. */
export function outputLayer(layers: readonly LayerSpec[]): LayerSpec | undefined {
  return layers.findLast(isEnabled);
}
