import type { Catalog, CatalogEntry, SampleKind, SampleSource } from '../../src-worker/api';

/** The sample that the first launch shows. */
export const FIRST_SAMPLE: SampleKind = 'flower';

/** A sample's source with the defaults that its registry entry describes. */
export function sampleSource(entry: CatalogEntry): SampleSource {
  return {
    sample: entry.kind as SampleKind, // the catalog's kinds are the registry's keys
    examples: defaultOf(entry, 'examples'),
    noise: defaultOf(entry, 'noise'),
    seed: defaultOf(entry, 'seed'),
    ...(entry.fields.some(({ name }) => name === 'classes') ? { classes: defaultOf(entry, 'classes') } : {}),
  };
}

export function sampleEntry(catalog: Catalog, kind: SampleKind): CatalogEntry {
  const entry = catalog.samples.find((candidate) => candidate.kind === kind);
  if (entry === undefined) throw new RangeError(`the catalog has no sample "${kind}"`);
  return entry;
}

function defaultOf(entry: CatalogEntry, name: string): number {
  const field = entry.fields.find((candidate) => candidate.name === name);
  if (field?.type !== 'number' && field?.type !== 'integer') {
    throw new RangeError(`the sample "${entry.kind}" describes no number "${name}"`);
  }
  return field.default;
}
