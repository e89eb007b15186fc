import type { Catalog, CatalogEntry, Experiment, Field, LayerSpec } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import { formatExtent } from '../ui/extent-text';

/** A spec `{ kind, …fields }` as the forms see it; its fields are those that the catalog describes for its kind. */
export type KindValue = Readonly<{ kind: string } & Record<string, unknown>>;

/** A new spec of a kind with the defaults of its description. */
export function defaultsOf(entry: CatalogEntry, catalog: Catalog): KindValue {
  const values = entry.fields.map((field) => [field.name, defaultOf(field, catalog)] as const);
  return { kind: entry.kind, ...Object.fromEntries(values) };
}

/** The description of a kind; a document only has kinds that the catalog knows. */
export function entryOf<Entry extends CatalogEntry>(entries: readonly Entry[], kind: string): Entry {
  const entry = entries.find((candidate) => candidate.kind === kind);
  if (entry === undefined) throw new RangeError(`the catalog does not know "${kind}"`);
  return entry;
}

/**
 * A spec of another kind. A field that both have stays, unless they mean another size by it: a learning rate that suits gradient descent is
 * far too large for Adam, and their defaults say so.
 */
export function switchKind(
  before: KindValue,
  kind: string,
  entries: readonly CatalogEntry[],
  catalog: Catalog,
): KindValue {
  if (kind === before.kind) return before;
  const entry = entryOf(entries, kind);
  const { fields } = entryOf(entries, before.kind);
  const alike = entry.fields.filter((field) =>
    fields.some(({ name, default: usual }) => name === field.name && usual === field.default),
  );
  const kept = Object.fromEntries(alike.map(({ name }) => [name, before[name]]));
  return { ...defaultsOf(entry, catalog), ...kept, kind };
}

export function insertLayer(document: Experiment, index: number, layer: LayerSpec): Experiment {
  return withLayers(document, document.network.layers.toSpliced(index, 0, layer));
}

export function removeLayer(document: Experiment, index: number): Experiment {
  return withLayers(document, document.network.layers.toSpliced(index, 1));
}

export function replaceLayer(document: Experiment, index: number, layer: LayerSpec): Experiment {
  return withLayers(document, document.network.layers.with(index, layer));
}

/** Takes the layer out and puts it back so that it has the index `to`. */
export function moveLayer(document: Experiment, from: number, to: number): Experiment {
  const layer = document.network.layers[from];
  if (layer === undefined || from === to || to < 0 || to >= document.network.layers.length) return document;
  return withLayers(document, document.network.layers.toSpliced(from, 1).toSpliced(to, 0, layer));
}

/**
 * The layer with another value of a field. A field that follows it, as the stride of a pool its size, goes along where it had the same value.
 */
export function changeField(layer: LayerSpec, fields: readonly Field[], name: string, value: unknown): LayerSpec {
  const values: KindValue = { ...layer };
  const along = fields.filter(
    (field) => field.type === 'extent' && field.follows === name && sameValue(values[field.name], values[name]),
  );
  const changes = Object.fromEntries([name, ...along.map((field) => field.name)].map((each) => [each, value]));
  return { ...values, ...changes } as unknown as LayerSpec; // with fields of this kind's own
}

/** A layer's name as its card shows it: `Dense 6`, `Conv2d 8`, `Max-pool2d 2`; a kind without a size is its label alone. */
export function layerName(layer: LayerSpec, catalog: Catalog): string {
  const { label } = entryOf(catalog.layers, layer.kind);
  if ('units' in layer) return `${label} ${layer.units}`;
  if ('filters' in layer) return `${label} ${layer.filters}`;
  return 'size' in layer ? `${label} ${formatExtent(layer.size)}` : label;
}

/** What the catalog says of a layer's activation; null for a kind that has none. */
export function activationEntry(layer: LayerSpec, catalog: Catalog): CatalogEntry | null {
  return 'activation' in layer ? entryOf(catalog.activations, layer.activation) : null;
}

function withLayers(document: Experiment, layers: readonly LayerSpec[]): Experiment {
  return { ...document, network: { ...document.network, layers } };
}

function defaultOf(field: Field, catalog: Catalog): unknown {
  if (field.type !== 'kind') return field.default;
  return defaultsOf(entryOf(catalog[field.registry], field.default), catalog);
}
