import { bindRows, checkLength, type BoundExamples } from './bound-examples';
import type { CompiledNetwork, CompileRequest, LiveTraining, Part, Precision } from './engine';
import type { NetworkSpec } from './experiment/document';
import { initializers, type InitializerDefinition } from './initializers';
import { assembleTrace } from './insight/trace';
import type { Pass } from './layers';
import { euclideanNorm } from './kernels/reference';
import { gatherOutputs, takeSlice } from './layer-outputs';
import { assignTensors, copyTensors, timeTensor } from './named-tensors';
import { optimizers, type OptimizerDefinition } from './optimizers';
import { clip, createSlots } from './parameter-slots';
import { ProblemError } from './problem';
import { createPropagation, registries, type Registries } from './propagation';
import { createRandom } from './random';
import { resolveNetwork, type LayerRegistry, type ResolvedLayer } from './shape';
import { sizeOf, type FloatArray, type NamedTensor, type Shape } from './tensor';

/** Evaluation goes through a part in slices, so that its memory does not grow with the data. */
export const EVALUATION_ROWS = 256;

/**
 * The parameters that a network starts with: a function of the document alone. Each array has its own random stream, so that
 * an edit of one layer leaves the others as they were. Rounded to float32, so that every backend starts from the same numbers.
 *
 * @returns W1, b1, W2, … in layer order; the caller owns them
 * @throws ProblemError if a layer does not fit
 */
export function initialParameters(network: NetworkSpec, inputShape: Shape, registry?: LayerRegistry): NamedTensor[] {
  return initialize(resolveNetwork(network, inputShape, registry), network.seed);
}

function initialize(layers: readonly ResolvedLayer[], seed: number): NamedTensor[] {
  return layers
    .flatMap((layer) => layer.parameters)
    .map((parameter) => {
      const values = new Float64Array(sizeOf(parameter.shape));
      const initializer: InitializerDefinition = initializers[parameter.initializer.kind];
      const random = createRandom(seed, 'initial-parameters', parameter.fullName);
      initializer.fill(parameter.initializer, values, parameter, random);
      return { name: parameter.fullName, shape: parameter.shape, values: Float32Array.from(values) };
    });
}

/**
 * Compiles a network for the reference backend: plain loops in float64 or float32, the definition of correct.
 *
 * @param registry definitions to compile from; only tests name another one
 * @throws ProblemError if a layer does not fit
 */
export function compileReference(
  request: CompileRequest,
  precision: Precision,
  registry: Registries = registries,
): CompiledNetwork {
  const { network, inputShape, training } = request;
  const resolved = resolveNetwork(network, inputShape, registry.layers);
  const propagation = createPropagation(resolved, network.loss, precision, registry);
  const { allocate } = propagation;
  const inputs = sizeOf(inputShape);
  const outputs = sizeOf(resolved.at(-1)!.outputShape);
  const parameters = propagation.parameters.map(({ spec, values }) => ({
    name: spec.fullName,
    shape: spec.shape,
    values,
  }));
  assignTensors(parameters, initialize(resolved, network.seed));

  const parts = new Map<Part, BoundExamples>();
  let order = new Uint32Array(0);
  /** That the order is of. */
  let epoch = 1;
  let live: LiveTraining = training;
  let slots = createSlots(live, propagation.parameters, allocate);
  let step = 0;
  /** Updates made since the optimizer's arrays were 0. */
  let t = 0;
  const trained = propagation.parameters.filter(({ spec }) => spec.trained);
  const gradients = trained.map(({ gradient }) => gradient);
  let x = allocate(0);
  let y = allocate(0);

  const part = (name: Part): BoundExamples => parts.get(name) ?? refuse('part', `No ${name} examples are bound.`);
  /** Update t of every parameter; false where what it wrote is no longer finite. */
  const update = (): boolean => {
    const optimizer: OptimizerDefinition = optimizers[live.optimizer.kind];
    return slots.every(({ parameter: { spec, values, gradient }, tensors }) => {
      const arrays = tensors.map((tensor) => tensor.values);
      optimizer.update(live.optimizer, values, gradient, arrays, { t, regularised: spec.regularised });
      return [values, ...arrays].every((array) => array.every(Number.isFinite));
    });
  };
  const optimizerTensors = (): NamedTensor[] => slots.flatMap((slot) => slot.tensors);
  const counts = (): boolean => optimizers[live.optimizer.kind].counts;
  const readBatch = (examples: BoundExamples, indices: Uint32Array, seenIn: number | null): void => {
    if (x.length < indices.length * inputs) {
      x = allocate(indices.length * inputs);
      y = allocate(indices.length * outputs);
    }
    examples.read(indices, x, y, seenIn);
  };

  /** Forward passes in evaluation over given rows, in slices; `take` reads each of them. */
  const passSlices = (given: FloatArray, count: number, take: (from: number, rows: number) => void): void => {
    checkLength('x', given.length, count, inputs);
    for (let from = 0; from < count; from += EVALUATION_ROWS) {
      const rows = Math.min(EVALUATION_ROWS, count - from);
      const slice = allocate(rows * inputs);
      slice.set(given.subarray(from * inputs, (from + rows) * inputs));
      propagation.forward(slice, { rows, mode: 'evaluation', step });
      take(from, rows);
    }
  };

  return {
    backend: 'reference',
    precision,
    threads: 1,

    get step() {
      return step;
    },
    setStep: (next) => {
      step = next;
    },

    get memoryBytes() {
      const arrays = [x, y, order, ...slots.flatMap((slot) => slot.tensors.map(({ values }) => values))];
      const examples = [...parts.values()].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
      return arrays.reduce((sum, { byteLength }) => sum + byteLength, propagation.memoryBytes + examples);
    },

    bindExamples(name, examples) {
      parts.set(name, bindRows(examples, inputShape, outputs));
      if (name === 'train') order = Uint32Array.from({ length: examples.count }, (_, i) => i);
    },

    setOrder(given, of = 1) {
      const { count } = part('train');
      const seen = new Set(given);
      if (given.length !== count || seen.size !== count || given.some((index) => index >= count)) {
        refuse('order', `The order of the examples is not a permutation of 0 to ${count - 1}.`);
      }
      order = given.slice();
      epoch = of;
    },

    runBatches(first, count, measure = false) {
      const examples = part('train');
      const size = training.batchSize;
      if (first < 0 || (first + count - 1) * size >= examples.count) {
        refuse('batches', `Batches ${first} to ${first + count - 1} lie outside of the ${examples.count} examples.`);
      }
      let lossSum = 0;
      let gradientNorm: number | null = null;
      for (let k = first; k < first + count; k++) {
        const indices = order.subarray(k * size, Math.min((k + 1) * size, examples.count));
        const rows = indices.length;
        const stopped = { batches: k - first, lossSum, finite: false, spoiled: false, gradientNorm: null };
        readBatch(examples, indices, epoch);
        const weights = examples.weightsOf(indices);
        const pass: Pass = { rows, mode: 'training', step };
        propagation.forward(x, pass);
        const loss = propagation.loss(y, rows, weights);
        // Rounded to the network's precision: in float32 the loss overflows before what is made of it does.
        if (!Number.isFinite(precision === 'float32' ? Math.fround(loss) : loss)) return stopped;
        propagation.backward(x, y, pass, { ...live, weights });
        if (!gradients.every((gradient) => gradient.every(Number.isFinite))) return stopped;
        lossSum += loss;
        if (measure && k === first + count - 1) gradientNorm = euclideanNorm(gradients);
        if (!clip(gradients, live.clipNorm ?? 0)) return stopped;
        propagation.updateStatistics(pass);
        t += 1;
        if (!update()) return { ...stopped, spoiled: true };
        step += 1;
      }
      return { batches: count, lossSum, finite: true, spoiled: false, gradientNorm };
    },

    setTraining(next) {
      const kept = next.optimizer.kind === live.optimizer.kind;
      live = next;
      if (kept) return;
      slots = createSlots(live, propagation.parameters, allocate);
      t = 0;
    },

    evaluate(name) {
      const examples = part(name);
      const yHat = allocate(examples.count * outputs);
      let loss = 0;
      for (let from = 0; from < examples.count; from += EVALUATION_ROWS) {
        const rows = Math.min(EVALUATION_ROWS, examples.count - from);
        readBatch(
          examples,
          Uint32Array.from({ length: rows }, (_, i) => from + i),
          null,
        );
        propagation.forward(x, { rows, mode: 'evaluation', step });
        loss += propagation.loss(y, rows);
        yHat.set(propagation.yHat.subarray(0, rows * outputs), from * outputs);
      }
      return { loss: loss / examples.count, yHat };
    },

    predict(given, count) {
      const yHat = allocate(count * outputs);
      passSlices(given, count, (from, rows) => {
        yHat.set(propagation.yHat.subarray(0, rows * outputs), from * outputs);
      });
      return yHat;
    },

    activations(given, count, names) {
      const gathered = gatherOutputs(resolved, count, precision, names);
      passSlices(given, count, (from, rows) => {
        for (const each of gathered) takeSlice(each, propagation.layers[each.layer]![each.of], from, rows);
      });
      return gathered.map(({ tensor }) => tensor);
    },

    trace(givenX, givenY, count, weights = null) {
      checkLength('x', givenX.length, count, inputs);
      checkLength('y', givenY.length, count, outputs);
      if (weights !== null) checkLength('weights', weights.length, count, 1);
      const batch = { x: allocate(count * inputs), y: allocate(count * outputs), rows: count, inputShape };
      batch.x.set(givenX);
      batch.y.set(givenY);
      const pass: Pass = { rows: count, mode: 'training', step };
      propagation.forward(batch.x, pass);
      const loss = propagation.loss(batch.y, count, weights) / count;
      propagation.backward(batch.x, batch.y, pass, { ...live, weights });
      const layers = propagation.layers.map(({ resolved: { number, outputShape, activation }, ...layer }) => ({
        number,
        outputShape,
        parameters: layer.parameters
          .filter(({ spec }) => spec.trained)
          .map(({ spec: { name, shape }, values, gradient }) => ({ name, shape, values, gradient })),
        z: activation === null ? null : layer.z,
        a: layer.a,
        delta: activation === null ? null : layer.delta,
      }));
      return { loss, tensors: assembleTrace(batch, layers) };
    },

    parameters: () => copyTensors(parameters),
    setParameters: (tensors) => assignTensors(parameters, tensors),
    optimizerState: () => [...copyTensors(optimizerTensors()), ...(counts() ? [timeTensor(t)] : [])],
    setOptimizerState(tensors) {
      const time = timeTensor(t);
      assignTensors(counts() ? [...optimizerTensors(), time] : optimizerTensors(), tensors);
      t = time.values[0]!;
    },

    dispose() {
      parts.clear();
      order = new Uint32Array(0);
      x = allocate(0);
      y = allocate(0);
    },
  };
}

function refuse(what: string, message: string): never {
  const hint = 'Build the network again from the prepared data.';
  throw new ProblemError({ code: `network/${what}`, message, hint });
}
