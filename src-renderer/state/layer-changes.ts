import type { Experiment, LayerSpec } from '../../src-worker/api';
import { isEnabled } from '../../src-worker/experiment/enabled';
import { sameValue } from '../../src-worker/experiment/same-value';

/** One version of a network: its document and the identity of each layer. */
export interface IdentifiedLayers {
  readonly document: Experiment;
  readonly layerIds: readonly number[];
}

/** `dense 8 → 12, + dropout`: what an edit did to the network, in few words; empty where nothing. */
export function describeNetworkChange(before: IdentifiedLayers, after: IdentifiedLayers): string {
  const [old, now] = [before.document.network, after.document.network];
  const words: string[] = [];
  before.layerIds.forEach((id, index) => {
    if (!after.layerIds.includes(id)) words.push(`− ${nameOf(old.layers[index]!)}`);
  });
  after.layerIds.forEach((id, index) => {
    const from = before.layerIds.indexOf(id);
    if (from < 0) words.push(`+ ${nameOf(now.layers[index]!)}`);
    else words.push(...describeLayerChange(old.layers[from]!, now.layers[index]!));
  });
  const stayed = after.layerIds.filter((id) => before.layerIds.includes(id));
  const order = before.layerIds.filter((id) => after.layerIds.includes(id));
  if (!sameValue(stayed, order)) words.push('layers moved');
  if (old.loss !== now.loss) words.push(`loss ${old.loss} → ${now.loss}`);
  if (old.seed !== now.seed) words.push(`seed of the weights ${old.seed} → ${now.seed}`);
  return words.join(', ');
}

function describeLayerChange(from: LayerSpec, to: LayerSpec): string[] {
  if (from.kind !== to.kind) return [`${nameOf(from)} → ${nameOf(to)}`];
  if (isEnabled(from) !== isEnabled(to)) return [`${nameOf(to)} ${isEnabled(to) ? 'on' : 'off'}`];
  const before = Object.entries(from) as [string, unknown][];
  const changed = before.filter(([name, value]) => !sameValue(value, (to as unknown as Record<string, unknown>)[name]));
  return changed.map(([name, value]) => {
    const next = (to as unknown as Record<string, unknown>)[name];
    const what = name === 'units' || name === 'filters' ? to.kind : `${to.kind} ${name}`;
    return `${what} ${wordOf(value)} → ${wordOf(next)}`;
  });
}

function nameOf(layer: LayerSpec): string {
  if ('units' in layer) return `${layer.kind} ${layer.units}`;
  return 'filters' in layer ? `${layer.kind} ${layer.filters}` : layer.kind;
}

function wordOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'kind' in value) return String(value.kind);
  return Array.isArray(value) ? value.join(' × ') : String(value);
}
