import { ONE_THREAD, type CompileRequest, type Part } from '../engine';
import type { ExampleCounts, Footprint } from '../footprint';
import { placeShared, type Place } from '../plan';
import { resolveNetwork } from '../shape';
import { sizeOf } from '../tensor';
import { blockBytes } from './arena';
import { planInference } from './inference';
import { layOutParameters } from './parameter-layout';
import { reserveExamples } from './placed-examples';
import { SETTINGS_BYTES } from './simd/opcodes';
import { planTraining, reserveSlots } from './training';

/**
 * What the wasm backend takes for a network, to the byte: the network is planned as it would be, only that its places are
 * counted instead of taken.
 * @throws ProblemError if a layer does not fit
 */
export function wasmFootprint(request: CompileRequest, examples: ExampleCounts): Footprint {
  const { network, inputShape, training, threads = ONE_THREAD } = request;
  const layers = resolveNetwork(network, inputShape);
  const layout = layOutParameters(layers);
  const counter = new Counter(layers.at(-1)!.number);

  const settings = counter.place(SETTINGS_BYTES, 'scratch');
  const shared = placeShared(layout, counter.place);
  const slots = reserveSlots(training.optimizer.kind, layout.trainedBytes, counter.place);
  counter.stage = 'evaluation';
  const inference = planInference(layers, network.loss, shared, threads, counter.place);
  counter.stage = 'batch';
  const rows = Math.max(1, Math.min(training.batchSize, examples.counts.train));
  const { weighted, images, varied = false } = examples;
  const plan = { layers, loss: network.loss, rows, weighted, optimizer: training.optimizer.kind, threads };
  const { program } = planTraining(plan, shared, slots, settings, counter.place);
  counter.stage = 'examples';
  const sizes = {
    inputs: sizeOf(inputShape),
    outputs: sizeOf(layers.at(-1)!.outputShape),
    channels: images ? inputShape[0]! : 0,
  };
  let targets = 0;
  for (const part of ['train', 'dev', 'test'] as const satisfies readonly Part[]) {
    const count = examples.counts[part];
    const own = { weighted: weighted && part === 'train', stagedBatch: varied && part === 'train' ? rows : 0 };
    if (count > 0) reserveExamples({ count, ...own, ...sizes }, counter.place);
    targets += 4 * count * sizes.outputs;
  }

  const slotCount = slots.addresses.length;
  const bytesOf = { layout: blockBytes(layout.bytes), trained: blockBytes(layout.trainedBytes) };
  const kept = 4 * layout.parameters.reduce((sum, { length }) => sum + length, 0);
  const { totals } = counter;
  return {
    bytes: Object.values(totals).reduce((sum, bytes) => sum + bytes, 0),
    parameters: bytesOf.layout,
    gradients: bytesOf.trained,
    optimizer: slotCount * bytesOf.trained,
    batch: totals.batch,
    evaluation: totals.evaluation,
    scratch: totals.scratch,
    examples: totals.examples,
    // Inputs are shared with what was loaded, or encoded where the network wants them.
    beside: kept * (1 + slotCount) + targets,
    layers: layers.map(({ number, parameters }) => {
      const { batch, evaluation } = counter.layers[number - 1]!;
      const own = layout.parameters.filter(({ spec }) => parameters.includes(spec));
      const arrays = own.map(({ spec, length }) => 4 * length * (spec.trained ? 2 + slotCount : 1));
      return { batch, rest: evaluation + arrays.reduce((sum, bytes) => sum + bytes, 0) };
    }),
    threads: Math.max(program.parts, inference.evaluation.parts, inference.prediction.parts),
  };
}

type Stage = 'state' | 'evaluation' | 'batch' | 'examples';

/** Stands in for an arena: adds up what is asked for, by what it is for. */
class Counter {
  stage: Stage = 'state';
  readonly totals = { state: 0, evaluation: 0, batch: 0, examples: 0, scratch: 0 };
  readonly layers: { batch: number; evaluation: number }[];
  private end = 0;

  constructor(layers: number) {
    this.layers = Array.from({ length: layers }, () => ({ batch: 0, evaluation: 0 }));
  }

  /** Addresses as of an endless memory: nobody reads them. */
  readonly place: Place = (bytes, purpose) => {
    const taken = blockBytes(bytes);
    const address = (this.end += taken);
    this.totals[purpose === 'scratch' ? 'scratch' : this.stage] += taken;
    const { stage } = this;
    if (typeof purpose === 'number' && (stage === 'batch' || stage === 'evaluation')) {
      this.layers[purpose - 1]![stage] += taken;
    }
    return address;
  };
}
