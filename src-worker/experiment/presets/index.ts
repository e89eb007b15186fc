import type { Experiment } from '../document';
import { outputFor } from '../layer-specs';
import { deepDense } from './deep-dense';
import { lenet } from './lenet';
import { linearRegression } from './linear-regression';
import { logisticRegression } from './logistic-regression';
import { oneHiddenLayer } from './one-hidden-layer';
import { planar } from './planar';
import type { PresetData, PresetDefinition } from './preset';

/** Every preset in the order of the menu. To add one: a file and a line here. */
export const presets = {
  'logistic-regression': logisticRegression,
  'linear-regression': linearRegression,
  planar,
  'one-hidden-layer': oneHiddenLayer,
  'deep-dense': deepDense,
  lenet,
} satisfies Readonly<Record<string, PresetDefinition>>;

export type PresetKind = keyof typeof presets;

/** The document with the preset's layers and the output layer and loss of the data; data, training and seeds stay. */
export function applyPreset(document: Experiment, kind: PresetKind, data: PresetData): Experiment {
  const { layer, loss } = outputFor(data);
  const layers = [...presets[kind].hidden(data), layer];
  return { ...document, network: { ...document.network, layers, loss } };
}

export type { PresetData, PresetDefinition } from './preset';
