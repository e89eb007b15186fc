import { checkLength, isEncoded } from '../bound-examples';
import type { BindableExamples, ByteImages } from '../engine';
import type { Place } from '../plan';
import { sizeOf, type FloatArray, type Shape } from '../tensor';
import { reserveStage, StagedExamples, type RowAreas } from './staged-examples';
import { SOURCE_CHANNELS, SOURCE_OFFSET, SOURCE_ROWS, SOURCE_SCALE } from './simd/opcodes';
import type { KernelMemory } from './memory';
import type { Claim, Workspace } from './workspace';

/** A part's examples in the arena; images stay 8-bit. */
export interface PlacedExamples {
  readonly count: number;
  /** u32 per example. */
  readonly order: number;
  /** Whether each example has a weight. */
  readonly weighted: boolean;
  /** Points a plan's descriptors at these examples; `weightSource` 0 leaves the weights out. */
  aim(xSource: number, ySource: number, weightSource?: number): void;
  /** Where training reads them from instead, if they are varied in every epoch; null where they are not. */
  readonly stage: StagedExamples | null;
}

/** What decides how much room a part takes. */
export interface ExamplesSize {
  readonly count: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Of 8-bit images; 0 for floats. */
  readonly channels: number;
  readonly weighted: boolean;
  /** Examples in a batch, where they are varied in every epoch and staged for it; else 0. */
  readonly stagedBatch: number;
}

export function reserveExamples(size: ExamplesSize, place: Place) {
  const { count, inputs, outputs, channels, weighted, stagedBatch } = size;
  return {
    stage: stagedBatch === 0 ? null : reserveStage(size, place),
    rows: place(count * inputs * (channels === 0 ? 4 : 1)),
    offset: place(channels * 4),
    scale: place(channels * 4),
    y: place(count * outputs * 4),
    weights: weighted ? place(count * 4) : 0,
    order: place(count * 4),
  };
}

/**
 * Copies the examples, or has them written into the memory itself.
 * @throws ProblemError if the arrays do not hold `count` rows of the network's shapes, or memory is short
 */
export function placeExamples(
  workspace: Workspace,
  { count, x, y, weights, variation }: BindableExamples,
  inputShape: Shape,
  outputs: number,
  batchSize: number,
): Claim<PlacedExamples> {
  const images = 'bytes' in x ? x : null;
  const { length } = 'bytes' in x ? x.bytes : x;
  checkLength('x', length, count, sizeOf(inputShape));
  checkLength('y', y.length, count, outputs);
  if (weights !== undefined) checkLength('weights', weights.length, count, 1);
  const channels = images === null ? 0 : inputShape[0]!;
  const weighted = weights !== undefined;
  const stagedBatch = variation === undefined ? 0 : Math.min(batchSize, count);
  const size = { count, inputs: sizeOf(inputShape), outputs, channels, weighted, stagedBatch };
  const claim = workspace.claim((place) => reserveExamples(size, place));
  const { memory } = workspace.instance;
  const { rows, offset, scale, order } = claim.value;
  if ('bytes' in x) writeImages(memory, x, rows, offset, scale);
  else if (isEncoded(x)) x.write(memory.floats(rows, length));
  else memory.floats(rows, length).set(x);
  memory.floats(claim.value.y, y.length).set(y);
  if (weights !== undefined) memory.floats(claim.value.weights, weights.length).set(weights);
  const indices = memory.words(order, count);
  for (let i = 0; i < count; i++) indices[i] = i;
  const aimAt =
    (areas: RowAreas) =>
    (xSource: number, ySource: number, weightSource = 0): void => {
      describe(memory, xSource, areas.rows, channels, offset, scale);
      describe(memory, ySource, areas.y, 0, 0, 0);
      if (weightSource !== 0) describe(memory, weightSource, areas.weights, 0, 0, 0);
    };
  const { stage } = claim.value;
  return {
    release: claim.release,
    value: {
      count,
      order,
      weighted,
      aim: aimAt(claim.value),
      stage: stage === null ? null : new StagedExamples(memory, size, claim.value, stage, variation!, aimAt(stage)),
    },
  };
}

function writeImages(memory: KernelMemory, images: ByteImages, rows: number, offset: number, scale: number): void {
  const set = (address: number, values: FloatArray): void => memory.floats(address, values.length).set(values);
  memory.byteView(rows, images.bytes.length).set(images.bytes);
  set(offset, images.offset);
  set(scale, images.scale);
}

function describe(
  memory: KernelMemory,
  source: number,
  rows: number,
  channels: number,
  offset: number,
  scale: number,
): void {
  memory.setWord(source + SOURCE_ROWS, rows);
  memory.setWord(source + SOURCE_CHANNELS, channels);
  memory.setWord(source + SOURCE_OFFSET, offset);
  memory.setWord(source + SOURCE_SCALE, scale);
}
