/** Every registered kind as data: what the forms, menus and cards of the window are drawn from. Types only: they cross. */
import type { MetricKind, Task } from './api';
import type { Field } from './experiment/field';

export interface CatalogEntry {
  readonly kind: string;
  readonly label: string;
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly equation: string;
  readonly source: string;
}

export interface LayerEntry extends CatalogEntry {
  /** `image` for a kind that refuses rows of numbers. */
  readonly takes?: 'image';
}

export interface MetricEntry extends CatalogEntry {
  readonly kind: MetricKind;
  readonly tasks: readonly Task[];
  /** What it counts in: a share from 0 to 1, the target's own units, or a plain number. */
  readonly unit: 'share' | 'target' | 'number';
}

export interface Catalog {
  readonly layers: readonly LayerEntry[];
  readonly activations: readonly CatalogEntry[];
  readonly losses: readonly CatalogEntry[];
  readonly initializers: readonly CatalogEntry[];
  readonly optimizers: readonly CatalogEntry[];
  readonly schedules: readonly CatalogEntry[];
  /** The one that a task is judged by stands first of the task. */
  readonly metrics: readonly MetricEntry[];
  readonly samples: readonly CatalogEntry[];
}
