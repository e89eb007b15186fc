import { checkLength } from './bound-examples';
import type {
  BatchesRun,
  BindableExamples,
  CompiledNetwork,
  CompileRequest,
  Forward,
  LiveTraining,
  Part,
  Trace,
} from './engine';
import { WasmInference } from './kernels/inference';
import { layOutParameters } from './kernels/parameter-layout';
import { placeExamples, type PlacedExamples } from './kernels/placed-examples';
import {
  HEADER_BATCHES_DONE,
  HEADER_FINITE,
  HEADER_LOSS_SUM,
  HEADER_SPOILED,
  HEADER_STEP,
  HEADER_TIME,
  SETTING_GRADIENT_NORM,
  SETTING_PREPARES,
  SETTINGS_BYTES,
} from './kernels/simd/opcodes';
import { traceStep } from './kernels/trace';
import {
  placeSlots,
  placeTraining,
  preparesGradient,
  slotTensors,
  writeSettings,
  type PlacedTraining,
  type Slots,
} from './kernels/training';
import type { LoadedKernels } from './kernels/wasm';
import { Workspace, type Claim } from './kernels/workspace';
import { assignTensors, copyTensors, timeTensor } from './named-tensors';
import { initialParameters } from './network';
import { optimizers } from './optimizers';
import { placeShared, type SharedArrays } from './plan';
import { ProblemError } from './problem';
import { resolveNetwork, type ResolvedLayer } from './shape';
import { sizeOf, type FloatArray, type NamedTensor } from './tensor';

/**
 * Compiles a network for the wasm backend: float32 with SIMD, a whole run of mini-batches per call into WebAssembly, on as many
 * of the request's threads as make it faster; `kernels` has started them.
 * @throws ProblemError if a layer does not fit, or there is not enough memory
 */
export function compileWasm(request: CompileRequest, kernels: LoadedKernels): CompiledNetwork {
  const instance = kernels.acquire();
  try {
    return new WasmNetwork(request, new Workspace(instance), () => kernels.release(instance));
  } catch (error) {
    kernels.release(instance);
    throw error;
  }
}

class WasmNetwork implements CompiledNetwork {
  readonly backend = 'wasm';
  readonly precision = 'float32';
  private readonly request: CompileRequest;
  private readonly workspace: Workspace;
  private free: (() => void) | null;
  private readonly layers: readonly ResolvedLayer[];
  private readonly shared: SharedArrays;
  private readonly settings: number;
  private readonly inference: WasmInference;
  private readonly inputs: number;
  private readonly outputs: number;
  private readonly parts = new Map<Part, Claim<PlacedExamples>>();
  private live: LiveTraining;
  private counted = 0;
  /** That the order of the training examples is of. */
  private epoch = 1;
  /** Updates made since the optimizer's arrays were 0. */
  private time = 0;
  private slots: Claim<Slots>;
  /** Planned when the training examples are bound: a batch is never larger than they are. */
  private training: Claim<PlacedTraining> | null = null;

  constructor(request: CompileRequest, workspace: Workspace, free: () => void) {
    const { network, inputShape, training } = request;
    this.request = request;
    this.workspace = workspace;
    this.free = free;
    this.live = training;
    this.layers = resolveNetwork(network, inputShape);
    this.inputs = sizeOf(inputShape);
    this.outputs = sizeOf(this.layers.at(-1)!.outputShape);
    const layout = layOutParameters(this.layers);
    const { value } = workspace.claim((place) => ({
      shared: placeShared(layout, place),
      settings: place(SETTINGS_BYTES),
    }));
    this.shared = value.shared;
    this.settings = value.settings;
    workspace.clear(this.shared.parameters, layout.bytes);
    workspace.clear(this.shared.gradients, layout.trainedBytes);
    this.slots = placeSlots(workspace, training.optimizer, this.shared);
    this.inference = new WasmInference(workspace, this.layers, network.loss, this.shared, request.threads);
    writeSettings(workspace, this.settings, training);
    this.setParameters(initialParameters(network, inputShape));
  }

  get threads(): number {
    return this.training?.value.program.parts ?? 1;
  }

  get memoryBytes(): number {
    return this.workspace.usedBytes;
  }

  get step(): number {
    return this.counted;
  }

  setStep(step: number): void {
    this.counted = step;
  }

  bindExamples(name: Part, examples: BindableExamples): void {
    const placed = placeExamples(
      this.workspace,
      examples,
      this.request.inputShape,
      this.outputs,
      this.request.training.batchSize,
    );
    try {
      if (name === 'train') this.retrain(this.live, this.slots.value, placed.value);
    } catch (error) {
      placed.release();
      throw error;
    }
    this.parts.get(name)?.release();
    this.parts.set(name, placed);
  }

  setOrder(order: Uint32Array, epoch = 1): void {
    const examples = this.part('train');
    this.epoch = epoch;
    checkPermutation(order, examples.count);
    this.workspace.instance.memory.words(examples.order, examples.count).set(order);
  }

  runBatches(first: number, count: number, measure = false): BatchesRun {
    const examples = this.part('train');
    const { plan } = this.training!.value;
    if (first < 0 || (first + count - 1) * plan.rows >= examples.count) {
      refuse('batches', `Batches ${first} to ${first + count - 1} lie outside of the ${examples.count} examples.`);
    }
    const always = preparesGradient(this.live);
    if (!measure || count === 0) return this.run(first, count, always);
    if (always) return this.measured(this.run(first, count, true));
    // Only the last batch is measured: the others keep to the one pass.
    const before = this.run(first, count - 1, false);
    if (!before.finite) return before;
    const last = this.measured(this.run(first + count - 1, 1, true));
    return { ...last, batches: before.batches + last.batches, lossSum: before.lossSum + last.lossSum };
  }

  setTraining(next: LiveTraining): void {
    if (next.optimizer.kind !== this.live.optimizer.kind) {
      const slots = placeSlots(this.workspace, next.optimizer, this.shared);
      try {
        const examples = this.parts.get('train');
        if (examples !== undefined) this.retrain(next, slots.value, examples.value);
      } catch (error) {
        slots.release();
        throw error;
      }
      this.slots.release();
      this.slots = slots;
      this.time = 0;
    }
    this.live = next;
    writeSettings(this.workspace, this.settings, next);
  }

  evaluate(name: Part): Forward {
    return this.inference.evaluate(this.part(name));
  }

  predict(x: FloatArray, count: number): FloatArray {
    checkLength('x', x.length, count, this.inputs);
    return this.inference.predict(x, count);
  }

  activations(x: FloatArray, count: number, names?: readonly string[]): NamedTensor[] {
    checkLength('x', x.length, count, this.inputs);
    return this.inference.activations(x, count, names);
  }

  trace(x: FloatArray, y: FloatArray, count: number, weights: FloatArray | null = null): Trace {
    checkLength('x', x.length, count, this.inputs);
    checkLength('y', y.length, count, this.outputs);
    if (weights !== null) checkLength('weights', weights.length, count, 1);
    const { l2, l1 = 0 } = this.live;
    const network = { layers: this.layers, loss: this.request.network.loss, l2, l1 };
    return traceStep(this.workspace, network, this.shared, this.counted, x, y, count, weights);
  }

  parameters(): NamedTensor[] {
    return copyTensors(this.parameterViews());
  }

  setParameters(tensors: readonly NamedTensor[]): void {
    assignTensors(this.parameterViews(), tensors);
  }

  optimizerState(): NamedTensor[] {
    const tensors = copyTensors(slotTensors(this.workspace, this.slots.value, this.shared));
    return this.counts ? [...tensors, timeTensor(this.time)] : tensors;
  }

  setOptimizerState(tensors: readonly NamedTensor[]): void {
    const slots = slotTensors(this.workspace, this.slots.value, this.shared);
    const time = timeTensor(this.time);
    assignTensors(this.counts ? [...slots, time] : slots, tensors);
    this.time = time.values[0]!;
  }

  dispose(): void {
    this.parts.clear();
    // Once only: the next network may have the memory by now.
    this.free?.();
    this.free = null;
  }

  private get counts(): boolean {
    return optimizers[this.live.optimizer.kind].counts;
  }

  private run(first: number, count: number, prepares: boolean): BatchesRun {
    const { stage, order } = this.part('train');
    if (stage === null) return this.runProgram(first, count, prepares);
    const { program } = this.training!.value;
    return stage.run(this.epoch, order, first, count, (examples, batchSize, batches) => {
      this.workspace.aim(program, examples, batchSize, 0);
      return this.runProgram(0, batches, prepares);
    });
  }

  private runProgram(first: number, count: number, prepares: boolean): BatchesRun {
    const { program } = this.training!.value;
    const { header } = program;
    const { memory } = this.workspace.instance;
    memory.setWord(this.settings + SETTING_PREPARES, Number(prepares));
    memory.setWord(header + HEADER_STEP, this.counted);
    memory.setWord(header + HEADER_TIME, this.time);
    memory.setWord(header + HEADER_SPOILED, 0);
    this.workspace.run(program, first, count);
    this.counted = memory.word(header + HEADER_STEP);
    this.time = memory.word(header + HEADER_TIME);
    return {
      batches: memory.word(header + HEADER_BATCHES_DONE),
      lossSum: memory.double(header + HEADER_LOSS_SUM),
      finite: memory.word(header + HEADER_FINITE) === 1,
      spoiled: memory.word(header + HEADER_SPOILED) === 1,
      gradientNorm: null,
    };
  }

  private measured(run: BatchesRun): BatchesRun {
    if (!run.finite) return run;
    return { ...run, gradientNorm: this.workspace.instance.memory.double(this.settings + SETTING_GRADIENT_NORM) };
  }

  /** Plans training anew for these examples and this optimizer; on failure the old plan stays. */
  private retrain(live: LiveTraining, slots: Slots, examples: PlacedExamples): void {
    const { workspace, shared, settings, layers } = this;
    const { network, training: asked, threads } = this.request;
    const rows = Math.max(1, Math.min(asked.batchSize, examples.count));
    const { weighted } = examples;
    const plan = { layers, loss: network.loss, rows, weighted, optimizer: live.optimizer.kind, threads };
    const training = placeTraining(workspace, plan, shared, slots, settings);
    const { xSource, ySource, weightSource } = training.value.plan;
    const { program } = training.value;
    (examples.stage ?? examples).aim(xSource, ySource, weightSource);
    workspace.aim(program, examples.count, rows, examples.order);
    this.training?.release();
    this.training = training;
  }

  private parameterViews(): NamedTensor[] {
    const { layout, parameters } = this.shared;
    return layout.parameters.map(({ spec, offset, length }) => ({
      name: spec.fullName,
      shape: spec.shape,
      values: this.workspace.instance.memory.floats(parameters + offset, length),
    }));
  }

  private part(name: Part): PlacedExamples {
    return this.parts.get(name)?.value ?? refuse('part', `No ${name} examples are bound.`);
  }
}

function checkPermutation(order: Uint32Array, count: number): void {
  const seen = new Uint8Array(count);
  for (const index of order) seen[index] = 1;
  if (order.length === count && !seen.includes(0)) return;
  refuse('order', `The order of the examples is not a permutation of 0 to ${count - 1}.`);
}

function refuse(what: string, message: string): never {
  const hint = 'Build the network again from the prepared data.';
  throw new ProblemError({ code: `network/${what}`, message, hint });
}
