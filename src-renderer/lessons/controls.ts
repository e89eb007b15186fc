/**
 * What a teacher can take out of reach, by name. The settings are told apart by their path in the document, so that a form asks with the
 * path it already has.
 */
export const CONTROLS = [
  { name: 'data', label: 'Data', path: /^data\b/ },
  { name: 'layers', label: 'Adding, moving and deleting layers', path: /^layers$/ },
  { name: 'units', label: 'Units and filters', path: /^network\.layers\[\d+\]\.(units|filters)$/ },
  { name: 'activation', label: 'Activation', path: /^network\.layers\[\d+\]\.activation$/ },
  { name: 'initializer', label: 'Initial weights', path: /^network\.layers\[\d+\]\.initializer\b/ },
  { name: 'loss', label: 'Loss', path: /^network\.loss$/ },
  { name: 'optimizer', label: 'Optimizer', path: /^training\.optimizer(\.(?!learningRate)\w+)?$/ },
  { name: 'learning-rate', label: 'Learning rate', path: /^training\.optimizer\.learningRate$/ },
  { name: 'batch-size', label: 'Batch size', path: /^training\.batchSize$/ },
  { name: 'epochs', label: 'Epochs', path: /^training\.epochs$/ },
  { name: 'regularisation', label: 'Regularisation', path: /^training\.(l2|l1|clipNorm)$/ },
  { name: 'schedule', label: 'Schedule and early stopping', path: /^training\.(schedule|earlyStopping)\b/ },
  { name: 'seeds', label: 'Seeds', path: /^(network|training)\.seed$/ },
  { name: 'details', label: 'All other settings of layers and training', path: /^(network\.layers|training)\b/ },
] as const;

export type ControlName = (typeof CONTROLS)[number]['name'];

export const CONTROL_NAMES: readonly ControlName[] = CONTROLS.map(({ name }) => name);

/** The control that a setting belongs to; the first that fits. Null for what is always within reach. */
export function controlOf(path: string): ControlName | null {
  return CONTROLS.find((control) => control.path.test(path))?.name ?? null;
}
