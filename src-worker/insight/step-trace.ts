import { readRows, type BoundExamples } from '../bound-examples';
import type { PreparedData } from '../data/prepared';
import type { CompiledNetwork } from '../engine';
import type { Experiment } from '../experiment/document';
import { euclideanNorm } from '../kernels/reference';
import { conv2dWindow } from '../layers/conv2d';
import { poolWindow, type PoolPlace } from '../layers/pool-window';
import type { LayerPlace } from '../layers';
import type { Window } from '../layers/window';
import { assignTensors, copyTensors } from '../named-tensors';
import { optimizers, type OptimizerDefinition } from '../optimizers';
import { clip, createSlots } from '../parameter-slots';
import { ProblemError } from '../problem';
import { createPropagation, type Propagation } from '../propagation';
import { resolveNetwork, type ResolvedLayer } from '../shape';
import { sizeOf, type NamedTensor, type Shape } from '../tensor';
import type { Walk } from '../walk';
import type { StepRequest, StepTrace, TracedLayer } from './step-types';
import { assembleTrace } from './trace';

/** Numbers of a batch beyond this are too many to read, and to hold a dozen times over. */
const MOST_NUMBERS = 4_000_000;

/** A run at the moment at which it is looked at. */
export interface StepScene {
  readonly network: CompiledNetwork;
  readonly walk: Pick<Walk, 'learningRate' | 'epoch' | 'nextBatch'>;
  readonly experiment: Experiment;
  readonly prepared: Pick<PreparedData, 'summary' | 'preprocessing' | 'bindable'>;
  readonly outputs: number;
}

/**
 * One training step on the chosen examples at the run's weights, with its update, by the reference in float64. The run itself
 * stays as it is, to the bit.
 *
 * @throws ProblemError where the part or the class has no such examples, or they are too many
 */
export function traceStep(scene: StepScene, request: StepRequest): StepTrace {
  const { network, walk, experiment, prepared, outputs } = scene;
  const { summary, preprocessing } = prepared;
  const { inputShape } = preprocessing;
  const { training } = experiment;
  const resolved = resolveNetwork(experiment.network, inputShape);
  const examples = boundExamples(scene, request);
  const indices = chooseExamples(scene, request, examples);
  const rows = indices.length;
  checkSize(resolved, inputShape, rows);

  const propagation = createPropagation(resolved, experiment.network.loss, 'float64');
  const parameters = parameterTensors(propagation);
  assignTensors(parameters, network.parameters());
  const x = new Float64Array(rows * sizeOf(inputShape));
  const y = new Float64Array(rows * outputs);
  // Of images that training varies, as the epoch under way sees them.
  examples.read(indices, x, y, walk.epoch + 1);
  const weights = examples.weightsOf(indices);
  const pass = { rows, mode: 'training', step: network.step } as const;
  const { l2, l1, clipNorm } = training;
  propagation.forward(x, pass);
  const loss = propagation.loss(y, rows, weights) / rows;
  propagation.backward(x, y, pass, { l2, l1, weights });

  const tensors = insertLoss(assembleTrace({ x, y, rows, inputShape }, propagation.layers.map(layerTrace)), loss);
  const inner = innerTensors(propagation, rows);
  const trained = propagation.parameters.filter(({ spec }) => spec.trained);
  const gradientNorm = euclideanNorm(trained.map(({ gradient }) => gradient));
  const optimizer = { ...training.optimizer, learningRate: walk.learningRate };
  const update = makeUpdate(propagation, { ...training, optimizer }, network.optimizerState());
  propagation.updateStatistics(pass);
  return {
    part: request.part,
    indices: [...indices],
    examples: examples.count,
    step: network.step,
    epoch: walk.epoch,
    precision: 'float64',
    trainedIn: network.precision,
    inputShape,
    layers: resolved.map(describeLayer),
    lossKind: experiment.network.loss,
    classes: summary.classes,
    featureNames: summary.featureNames,
    optimizer,
    ...{ l2, l1, clipNorm, gradientNorm },
    t: update.t,
    weights: weights === null ? null : Float64Array.from(weights),
    tensors,
    inner,
    state: update.before,
    after: [...copyTensors(parameters), ...update.after],
  };
}

function boundExamples({ experiment, prepared, outputs }: StepScene, { part }: StepRequest): BoundExamples {
  const { classWeights } = experiment.training;
  const examples = prepared.bindable(part, outputs, 'float64', classWeights);
  if (examples === null || examples.count === 0) {
    throw new ProblemError({
      code: 'step/empty-part',
      message: `The ${part} part has no examples.`,
      hint: 'Choose another part, or give this one a share of the split.',
      path: 'data.split',
    });
  }
  return readRows(examples, prepared.preprocessing.inputShape, outputs);
}

function chooseExamples(scene: StepScene, { part, examples }: StepRequest, bound: BoundExamples): Uint32Array {
  if (examples === 'next-batch') {
    if (part === 'train') return scene.walk.nextBatch().slice();
    throw refuse('step/no-batch', `The ${part} part is not trained on, so that it has no next batch.`);
  }
  if ('indices' in examples) {
    const wrong = examples.indices.find((index) => !Number.isSafeInteger(index) || index < 0 || index >= bound.count);
    if (examples.indices.length === 0) throw refuse('step/no-examples', 'No example was chosen.');
    if (wrong === undefined) return Uint32Array.from(examples.indices);
    throw refuse('step/no-example', `The ${part} part has examples 1 to ${bound.count}, but no example ${wrong + 1}.`);
  }
  const { ofClass, after } = examples;
  const { outputs, prepared } = scene;
  const x = new Float64Array(sizeOf(prepared.preprocessing.inputShape));
  const y = new Float64Array(outputs);
  for (let k = 1; k <= bound.count; k++) {
    const index = Uint32Array.of((after + k) % bound.count);
    bound.read(index, x, y, null);
    if (outputs === 1 ? y[0] === ofClass : y[ofClass] === 1) return index;
  }
  const name = prepared.summary.classes[ofClass] ?? String(ofClass);
  throw refuse('step/no-class', `The ${part} part has no example of the class “${name}”.`);
}

function refuse(code: string, message: string): ProblemError {
  return new ProblemError({ code, message, hint: 'Choose other examples, or another part.' });
}

function checkSize(resolved: readonly ResolvedLayer[], inputShape: Shape, rows: number): void {
  const each = resolved.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), sizeOf(inputShape));
  if (each * rows <= MOST_NUMBERS) return;
  const most = Math.max(1, Math.floor(MOST_NUMBERS / each));
  throw new ProblemError({
    code: 'step/too-large',
    message: `${rows.toLocaleString('en')} examples of ${each.toLocaleString('en')} numbers each are too many to step through at once.`,
    hint: `Look at one example, or at up to ${most.toLocaleString('en')}.`,
  });
}

function parameterTensors(propagation: Propagation): NamedTensor[] {
  return propagation.parameters.map(({ spec, values }) => ({ name: spec.fullName, shape: spec.shape, values }));
}

function layerTrace({ resolved: { number, outputShape, activation }, ...layer }: Propagation['layers'][number]) {
  return {
    number,
    outputShape,
    parameters: layer.parameters
      .filter(({ spec }) => spec.trained)
      .map(({ spec: { name, shape }, values, gradient }) => ({ name, shape, values, gradient })),
    z: activation === null ? null : layer.z,
    a: layer.a,
    delta: activation === null ? null : layer.delta,
  };
}

function insertLoss(tensors: readonly NamedTensor[], loss: number): NamedTensor[] {
  return [...tensors.slice(0, 3), { name: 'loss', shape: [], values: Float64Array.of(loss) }, ...tensors.slice(3)];
}

function innerTensors(propagation: Propagation, rows: number): NamedTensor[] {
  return propagation.layers.flatMap(({ resolved: { number, outputShape, activation }, parameters, delta, outputs }) => [
    ...(activation === null
      ? [{ name: `da${number}`, shape: [rows, ...outputShape], values: delta.slice(0, rows * outputs) }]
      : []),
    ...parameters
      .filter(({ spec }) => !spec.trained)
      .map(({ spec, values }) => ({ name: spec.fullName, shape: spec.shape, values: values.slice() })),
  ]);
}

/** Clips and updates in place, as a training step does; the optimizer's arrays before and after. */
function makeUpdate(
  propagation: Propagation,
  training: Experiment['training'],
  state: readonly NamedTensor[],
): { readonly before: NamedTensor[]; readonly after: NamedTensor[]; readonly t: number } {
  const { optimizer, clipNorm } = training;
  const definition: OptimizerDefinition = optimizers[optimizer.kind];
  const slots = createSlots(training, propagation.parameters, propagation.allocate);
  const tensors = slots.flatMap((slot) => slot.tensors);
  const time = state.find(({ name }) => name === 't');
  assignTensors(tensors, definition.counts ? state.filter((tensor) => tensor !== time) : state);
  const before = copyTensors(tensors);
  const t = (time?.values[0] ?? 0) + 1;
  const trained = propagation.parameters.filter(({ spec }) => spec.trained);
  clip(
    trained.map(({ gradient }) => gradient),
    clipNorm,
  );
  for (const { parameter, tensors: own } of slots) {
    const { spec, values, gradient } = parameter;
    const arrays = own.map((tensor) => tensor.values);
    definition.update(optimizer, values, gradient, arrays, { t, regularised: spec.regularised });
  }
  return { before, after: copyTensors(tensors), t };
}

function describeLayer(layer: ResolvedLayer): TracedLayer {
  const { number, place, inputShape, outputShape, activation, key, parameters } = layer;
  return {
    number,
    name: place.name,
    spec: place.layer,
    inputShape,
    outputShape,
    activation,
    key,
    window: windowOf(place),
    parameters: parameters.map(({ name, shape, regularised, trained }) => ({ name, shape, regularised, trained })),
  };
}

function windowOf(place: LayerPlace): Window | null {
  if (place.layer.kind === 'conv2d') return conv2dWindow(place as LayerPlace<'conv2d'>);
  if (place.layer.kind === 'max-pool2d' || place.layer.kind === 'avg-pool2d') return poolWindow(place as PoolPlace);
  return null;
}
