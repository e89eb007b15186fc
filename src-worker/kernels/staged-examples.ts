import type { BatchesRun, Variation } from '../engine';
import type { Place } from '../plan';
import type { KernelMemory } from './memory';
import type { ExamplesSize, PlacedExamples } from './placed-examples';

/** Where the rows of examples lie, by address: inputs, targets and weights. */
export interface RowAreas {
  readonly rows: number;
  readonly y: number;
  readonly weights: number;
}

/** Room for the inputs of as many whole batches as one call is worth; a batch that is larger has it alone. */
const STAGE_BYTES = 2 ** 20;

/** Batches that are staged together, so that the threads are not called for each. */
function stagedBatches({ inputs, channels, stagedBatch, count }: ExamplesSize): number {
  const bytes = stagedBatch * inputs * (channels === 0 ? 4 : 1);
  return Math.max(1, Math.min(Math.floor(STAGE_BYTES / bytes), Math.ceil(count / stagedBatch)));
}

export function reserveStage(size: ExamplesSize, place: Place): RowAreas {
  const { inputs, outputs, channels, weighted, stagedBatch } = size;
  const rows = stagedBatches(size) * stagedBatch;
  return {
    rows: place(rows * inputs * (channels === 0 ? 4 : 1)),
    y: place(rows * outputs * 4),
    weights: weighted ? place(rows * 4) : 0,
  };
}

/**
 * Training examples as an epoch sees them, some batches at a time and in its order: they are varied on this side, in bytes where
 * they are bytes, so that the kernels widen and train on them like on any others.
 */
export class StagedExamples {
  /** See {@link PlacedExamples.aim}. */
  readonly aim: PlacedExamples['aim'];
  private readonly memory: KernelMemory;
  private readonly size: ExamplesSize;
  private readonly from: RowAreas;
  private readonly to: RowAreas;
  private readonly variation: Variation;

  constructor(
    memory: KernelMemory,
    size: ExamplesSize,
    from: RowAreas,
    to: RowAreas,
    variation: Variation,
    aim: PlacedExamples['aim'],
  ) {
    this.memory = memory;
    this.size = size;
    this.from = from;
    this.to = to;
    this.variation = variation;
    this.aim = aim;
  }

  /**
   * Runs batches, staging them a stretch at a time.
   * @param order    address of u32 per example
   * @param runStage trains on the first `batches` of the stage, which holds so many examples, as they lie
   */
  run(
    epoch: number,
    order: number,
    first: number,
    count: number,
    runStage: (examples: number, batchSize: number, batches: number) => BatchesRun,
  ): BatchesRun {
    const { stagedBatch: batchSize, count: examples } = this.size;
    const most = stagedBatches(this.size);
    let done: BatchesRun = { batches: 0, lossSum: 0, finite: true, spoiled: false, gradientNorm: null };
    while (done.finite && done.batches < count) {
      const batches = Math.min(most, count - done.batches);
      const begin = (first + done.batches) * batchSize;
      const rows = Math.min(batches * batchSize, examples - begin);
      this.fill(epoch, order, begin, rows);
      const ran = runStage(rows, batchSize, batches);
      done = { ...ran, batches: done.batches + ran.batches, lossSum: done.lossSum + ran.lossSum };
    }
    return done;
  }

  private fill(epoch: number, order: number, begin: number, rows: number): void {
    const { memory, variation, from, to } = this;
    const { inputs, outputs, channels, count, weighted } = this.size;
    const indices = memory.words(order, count).subarray(begin, begin + rows);
    const pixels = (address: number, images: number) =>
      channels === 0 ? memory.floats(address, images * inputs) : memory.byteView(address, images * inputs);
    const [original, varied] = [pixels(from.rows, count), pixels(to.rows, rows)];
    const [y, stagedY] = [memory.floats(from.y, count * outputs), memory.floats(to.y, rows * outputs)];
    indices.forEach((index, row) => {
      variation.vary(epoch, index, original, index * inputs, varied, row * inputs);
      for (let k = 0; k < outputs; k++) stagedY[row * outputs + k] = y[index * outputs + k]!;
    });
    if (!weighted) return;
    const [weights, staged] = [memory.floats(from.weights, count), memory.floats(to.weights, rows)];
    indices.forEach((index, row) => (staged[row] = weights[index]!));
  }
}
