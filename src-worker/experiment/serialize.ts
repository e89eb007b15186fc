import { layers } from '../layers';
import { optimizers } from '../optimizers';
import { schedules } from '../schedules';
import type { AugmentationSpec, ColumnSpec, DataSource, Experiment, ImageReading } from './document';
import { isEnabled, withEnabled } from './enabled';
import { nested, type Registry } from './read-kind';

/**
 * The text of a document: keys in the order of docs/experiment-format.md whatever the order in memory, so that two equal
 * experiments give equal files and a version control system shows only what changed.
 */
export function serializeExperiment(experiment: Experiment): string {
  return `${JSON.stringify(orderExperiment(experiment), null, 2)}\n`;
}

function orderExperiment(experiment: Experiment): Experiment {
  const { format, version, name, data, network, training } = experiment;
  const { columns, missing, scaling, rare, split } = data;
  return {
    format,
    version,
    name,
    data: {
      source: orderSource(data.source),
      columns: Object.fromEntries(Object.entries(columns).map(([column, spec]) => [column, orderColumn(spec)])),
      missing,
      scaling,
      rare,
      split: {
        method: split.method,
        train: split.train,
        dev: split.dev,
        test: split.test,
        stratify: split.stratify,
        seed: split.seed,
        column: split.column,
        folds: split.folds,
        fold: split.fold,
      },
      augmentation: data.augmentation && orderAugmentation(data.augmentation),
      excluded: data.excluded,
      relabelled: data.relabelled,
    },
    network: {
      layers: network.layers.map((layer) => withEnabled(orderKind(layer, layers), isEnabled(layer))),
      loss: network.loss,
      seed: network.seed,
    },
    training: {
      optimizer: orderKind(training.optimizer, optimizers),
      schedule: orderKind(training.schedule, schedules),
      batchSize: training.batchSize,
      epochs: training.epochs,
      l2: training.l2,
      l1: training.l1,
      clipNorm: training.clipNorm,
      earlyStopping: training.earlyStopping && {
        patience: training.earlyStopping.patience,
        minimumImprovement: training.earlyStopping.minimumImprovement,
      },
      seed: training.seed,
      classWeights: training.classWeights,
    },
  };
}

function orderAugmentation({ shift, flip, rotate, noise, seed }: AugmentationSpec): AugmentationSpec {
  return { shift, flip, rotate, noise, seed };
}

function orderSource(source: DataSource): DataSource {
  if ('sample' in source) {
    const { sample, examples, noise, seed, classes } = source;
    return { sample, examples, noise, seed, ...(classes === undefined ? {} : { classes }) };
  }
  if ('points' in source) {
    const { task, x, y, target } = source.points;
    return { points: { task, x, y, target } };
  }
  const { files, testFiles, sheet, images } = source;
  return {
    files,
    testFiles,
    ...(sheet === undefined ? {} : { sheet }),
    ...(images === undefined ? {} : { images: orderImages(images) }),
  };
}

function orderImages({ width, height, fit, color }: ImageReading): ImageReading {
  return {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fit !== undefined && { fit }),
    ...(color !== undefined && { color }),
  };
}

const columnKeys = [
  'role',
  'type',
  'missing',
  'scaling',
  'rare',
  'dateOrder',
] as const satisfies readonly (keyof ColumnSpec)[];

function orderColumn(spec: ColumnSpec): ColumnSpec {
  return Object.fromEntries(columnKeys.filter((key) => spec[key] !== undefined).map((key) => [key, spec[key]]));
}

/** `kind` first, then the fields in the order of the definition, which is also that of the inspector's form. */
function orderKind<T extends { readonly kind: string }>(value: T, registry: Registry): T {
  const given: Readonly<Record<string, unknown>> = { ...value };
  const fields = registry[value.kind]?.fields ?? [];
  const ordered = fields.map((field): [string, unknown] => {
    const inner = given[field.name];
    return [field.name, field.type === 'kind' ? orderKind(inner as { kind: string }, nested[field.registry]) : inner];
  });
  return Object.fromEntries([['kind', value.kind], ...ordered]) as T;
}
