import type { Catalog, CatalogEntry, Experiment, Field, LayerSpec, NumberField, Task } from '../../src-worker/api';
import { isEnabled } from '../../src-worker/experiment/enabled';
import { earlyStoppingFields, networkFields, trainingFields } from '../../src-worker/experiment/fields';
import type { SweptOption, SweptValue } from '../../src-worker/experiment/sweep/sweep-plan';
import { changeNetwork, changeTraining } from '../state/edits';
import { changeField, entryOf, replaceLayer, switchKind, type KindValue } from '../state/layers';

/** A setting of a document that a sweep can go over: a number or a choice, as its field describes it. */
export interface Sweepable {
  /** As the document calls it; the kind of an optimizer is `training.optimizer.kind`. */
  readonly path: string;
  /** As people read it: `Learning rate`, `Layer 1 units`. */
  readonly label: string;
  /** What it may be: the range of a number, or the options. */
  readonly range: NumberField | readonly SweptOption[];
  /** In the document. */
  readonly value: SweptValue;
  /** The document with another value. */
  readonly set: (value: SweptValue) => Experiment;
}

const OPTIMIZER = 'training.optimizer';

/** Changes a value in place of the one that is there. */
type Put = (value: unknown) => Experiment;

/** Every number and every choice of the training and of the layers that are switched on, the most used first. */
export function sweepables(document: Experiment, catalog: Catalog, task: Task): readonly Sweepable[] {
  const { network, training } = document;
  const put =
    (name: keyof Experiment['training']): Put =>
    (value) =>
      changeTraining(document, { [name]: value });
  const own = (Object.keys(trainingFields) as (keyof typeof trainingFields)[]).filter(
    (name) => name !== 'classWeights' || task !== 'regression',
  );
  return [
    ...ofKind(OPTIMIZER, 'Optimizer', '', { ...training.optimizer }, catalog.optimizers, catalog, put('optimizer')),
    ...own.flatMap((name) => ofField(`training.${name}`, '', trainingFields[name], training[name], catalog, put(name))),
    ...network.layers.flatMap((layer, index) => (isEnabled(layer) ? ofLayer(document, layer, index, catalog) : [])),
    ...ofField('network.seed', '', networkFields.seed, network.seed, catalog, (seed) =>
      changeNetwork(document, { seed: seed as number }),
    ),
    ...ofKind(
      'training.schedule',
      'Schedule',
      '',
      { ...training.schedule },
      catalog.schedules,
      catalog,
      put('schedule'),
    ),
    ...(training.earlyStopping === null
      ? []
      : ofFields(
          'training.earlyStopping',
          'Early stopping ',
          Object.values(earlyStoppingFields),
          { ...training.earlyStopping },
          catalog,
          (name, value) => changeTraining(document, { earlyStopping: { ...training.earlyStopping!, [name]: value } }),
        )),
  ];
}

function ofLayer(document: Experiment, layer: LayerSpec, index: number, catalog: Catalog): Sweepable[] {
  const { fields } = entryOf(catalog.layers, layer.kind);
  return ofFields(`network.layers[${index}]`, `Layer ${index + 1} `, fields, { ...layer }, catalog, (name, value) =>
    replaceLayer(document, index, changeField(layer, fields, name, value)),
  );
}

function ofFields(
  path: string,
  prefix: string,
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  catalog: Catalog,
  put: (name: string, value: unknown) => Experiment,
): Sweepable[] {
  return fields.flatMap((field) =>
    ofField(`${path}.${field.name}`, prefix, field, values[field.name], catalog, (value) => put(field.name, value)),
  );
}

function ofField(path: string, prefix: string, field: Field, now: unknown, catalog: Catalog, put: Put): Sweepable[] {
  const label = labelOf(prefix, field.label);
  switch (field.type) {
    case 'number':
    case 'integer':
      return [{ path, label, range: field, value: Number(now), set: put }];
    case 'choice':
      // Class weights by number are no choice out of the options.
      return typeof now === 'string' ? [{ path, label, range: field.options, value: now, set: put }] : [];
    case 'extent':
      // Other heights than widths are no number to vary.
      return typeof now === 'number'
        ? [{ path, label, range: { ...field, type: 'integer' }, value: now, set: put }]
        : [];
    case 'padding':
      return typeof now === 'string' ? [{ path, label, range: field.options, value: now, set: put }] : [];
    case 'kind':
      return ofKind(path, field.label, prefix, now as KindValue, catalog[field.registry], catalog, put);
  }
}

/** The kind itself, and the fields of the one that it is. */
function ofKind(
  path: string,
  name: string,
  prefix: string,
  now: KindValue,
  entries: readonly CatalogEntry[],
  catalog: Catalog,
  put: Put,
): Sweepable[] {
  const own = labelOf(prefix, name);
  const options = entries.map(({ kind, label }) => ({ value: kind, label }));
  const kind: Sweepable = {
    path: `${path}.kind`,
    label: own,
    range: options,
    value: now.kind,
    set: (value) => put(switchKind(now, String(value), entries, catalog)),
  };
  const { fields } = entryOf(entries, now.kind);
  const within = fields.flatMap((field) =>
    ofField(`${path}.${field.name}`, innerPrefix(field, own), field, now[field.name], catalog, (value) =>
      put({ ...now, [field.name]: value }),
    ),
  );
  // What people sweep first is the learning rate.
  return path === OPTIMIZER ? [...within, kind] : [kind, ...within];
}

/** Everybody knows whose learning rate it is. */
function innerPrefix({ name }: Field, label: string): string {
  return name === 'learningRate' ? '' : `${label} `;
}

function labelOf(prefix: string, label: string): string {
  return prefix === '' ? label : `${prefix}${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
