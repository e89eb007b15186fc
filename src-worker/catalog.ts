import { activations } from './activations';
import type { Catalog, CatalogEntry } from './api';
import { samples } from './data/samples';
import type { Definition } from './definition';
import { initializers } from './initializers';
import { layers, type LayerDefinition } from './layers';
import { losses } from './losses';
import { metrics, type MetricDefinition } from './metrics';
import { optimizers } from './optimizers';
import { schedules } from './schedules';

/** Every registered kind as plain data, in the order of the registries: what forms, menus and cards are drawn from. */
export function createCatalog(): Catalog {
  return {
    layers: Object.values<LayerDefinition>(layers).map((layer) => ({
      ...entryOf(layer),
      ...(layer.takes === undefined ? {} : { takes: layer.takes }),
    })),
    activations: entriesOf(activations),
    losses: entriesOf(losses),
    initializers: entriesOf(initializers),
    optimizers: entriesOf(optimizers),
    schedules: entriesOf(schedules),
    metrics: Object.values<MetricDefinition>(metrics).map((metric) => ({
      ...entryOf(metric),
      kind: metric.kind,
      tasks: metric.tasks,
      unit: metric.unit,
    })),
    samples: entriesOf(samples),
  };
}

function entriesOf(registry: Readonly<Record<string, Definition<string>>>): readonly CatalogEntry[] {
  return Object.values(registry).map(entryOf);
}

function entryOf({ kind, label, summary, fields, equation, source }: Definition<string>): CatalogEntry {
  return { kind, label, summary, fields, equation, source };
}
