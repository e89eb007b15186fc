import type { FeatureTransform, Metrics, ModelSnapshot, Task } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import type { ActivationKind, LossKind } from '../../src-worker/experiment/document';
import { describeProblem } from '../../src-worker/problem';
import { inputNames } from '../../src-worker/data/features';
import { createRandom } from '../../src-worker/random';
import { resolveNetwork } from '../../src-worker/shape';
import { sizeOf, type Shape } from '../../src-worker/tensor';
import type { Project, ProjectFile } from '../bridge';

export interface ModelOptions {
  readonly task?: Task;
  readonly features?: readonly FeatureTransform[];
  /** Images instead of features. */
  readonly images?: { readonly shape: Shape; readonly offset: readonly number[]; readonly scale: readonly number[] };
  /** Of the dense layers; the last one is the output's. */
  readonly activations?: readonly ActivationKind[];
  /** Layers of any kind in front of those. */
  readonly front?: readonly object[];
  readonly loss?: LossKind;
  readonly outputs?: number;
  readonly hidden?: number;
  readonly classes?: readonly string[];
  readonly mean?: number;
  readonly deviation?: number;
  readonly seed?: number;
  readonly name?: string;
}

/** No figure but those that a test gives. */
export const NO_METRICS: Omit<Metrics, 'loss'> = {
  accuracy: null,
  'top-k': null,
  precision: null,
  recall: null,
  f1: null,
  auc: null,
  rmse: null,
  mae: null,
  r2: null,
};

export const numberFeature = (column: string, offset = 0, scale = 1, fill = 0): FeatureTransform => ({
  column,
  type: 'number',
  offset,
  scale,
  fill,
});

/** A small, sound model with random weights and a history that JSON alone would spoil. */
export function makeModel(options: ModelOptions = {}): ModelSnapshot {
  const {
    task = 'multi-class',
    features = [numberFeature('bill length', 43.9, 0.18, 43.9), numberFeature('mass', 4201, 0.00125, 4200)],
    activations = ['tanh', 'softmax'],
    loss = 'cross-entropy',
    outputs = 3,
    hidden = 4,
    classes = ['Adelie', 'Chinstrap', 'Gentoo'],
    images,
  } = options;
  const experiment = unwrapExperiment({
    name: options.name ?? 'penguins',
    data: { source: { files: ['penguins.csv'] } },
    network: {
      layers: [
        ...(options.front ?? []),
        ...activations.map((activation, index) => ({
          kind: 'dense',
          units: index === activations.length - 1 ? outputs : hidden,
          activation,
        })),
      ],
      loss,
    },
    training: { optimizer: { kind: 'momentum' } },
  });
  const inputShape = images?.shape ?? [inputNames(features).length];
  const random = createRandom(options.seed ?? 1);
  const parameters = resolveNetwork(experiment.network, inputShape)
    .flatMap((layer) => layer.parameters)
    .map(({ name, fullName, shape }) => ({
      name: fullName,
      shape,
      // A variance is never negative.
      values: Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - (name === 'variance' ? 0 : 1)),
    }));
  return {
    experiment,
    preprocessing: {
      task,
      inputShape,
      features: images === undefined ? features : [],
      pixels: images === undefined ? null : { offset: images.offset, scale: images.scale },
      target: {
        name: 'species',
        classes: task === 'regression' ? [] : classes,
        mean: options.mean ?? 0,
        deviation: options.deviation ?? 1,
      },
    },
    state: {
      parameters,
      optimizer: parameters.map(({ name, shape, values }) => ({
        name: `v.${name}`,
        shape,
        values: values.map((x) => -x / 8),
      })),
      epoch: 2,
      step: 17,
      batchInEpoch: 3,
      status: 'diverged',
      history: [
        {
          epoch: 0,
          step: 0,
          train: { ...NO_METRICS, loss: -0, accuracy: 0.5 },
          dev: { ...NO_METRICS, loss: 1.25, accuracy: 0, 'top-k': 1 },
        },
        { epoch: 1, step: 8, train: { ...NO_METRICS, loss: Infinity, accuracy: -0, rmse: -Infinity }, dev: null },
        { epoch: 2, step: 16, train: { ...NO_METRICS, loss: NaN, accuracy: NaN }, dev: null },
      ],
    },
  };
}

/** A project whose weights are of the document on the screen. */
export function makeProject(
  model = makeModel(),
  data: readonly ProjectFile[] = [],
): Project & { readonly model: ModelSnapshot } {
  return { document: model.experiment, model, data };
}

function unwrapExperiment(document: unknown): ModelSnapshot['experiment'] {
  const parsed = parseExperiment(document);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.problems.map(describeProblem).join('\n'));
}
