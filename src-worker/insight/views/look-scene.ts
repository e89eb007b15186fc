import { readRows, type BoundExamples } from '../../bound-examples';
import type { PreparedData } from '../../data/prepared';
import type { CompiledNetwork, Part } from '../../engine';
import type { Experiment } from '../../experiment/document';
import { ProblemError } from '../../problem';
import { resolveNetwork, type ResolvedLayer } from '../../shape';
import { createFloats, sizeOf, type FloatArray } from '../../tensor';
import type { Walk } from '../../walk';
import type { Look } from './look-types';

/** A run at the moment at which it is looked into. */
export interface LookScene {
  readonly network: CompiledNetwork;
  readonly walk: Walk;
  readonly experiment: Experiment;
  readonly prepared: PreparedData;
  readonly outputs: number;
}

/** Inputs and targets of some examples. */
export interface Rows {
  readonly x: FloatArray;
  readonly y: FloatArray;
  readonly count: number;
}

/** The examples of a part, where they are: nothing is copied before some of them are read. */
export interface OpenPart extends BoundExamples {
  /** `[count, outputs]`. */
  readonly targets: FloatArray;
}

/** One preparation of the data is opened once for each part and way to read it: it may be large. */
const opened = new WeakMap<PreparedData, Map<string, OpenPart>>();

/** @throws ProblemError where the part has no examples */
export function examplesOf({ prepared, outputs, network, experiment }: LookScene, part: Part): OpenPart {
  const parts = opened.get(prepared) ?? new Map<string, OpenPart>();
  opened.set(prepared, parts);
  const { classWeights } = experiment.training;
  const key = JSON.stringify([part, outputs, network.precision, classWeights]);
  const known = parts.get(key);
  if (known !== undefined) return known;
  const bindable = prepared.bindable(part, outputs, network.precision, classWeights);
  if (bindable === null || bindable.count === 0) {
    throw new ProblemError({
      code: 'look/empty-part',
      message: `The ${part} part has no examples.`,
      hint: 'Choose another part, or give this one a share of the split.',
      path: 'data.split',
    });
  }
  const examples = { ...readRows(bindable, prepared.preprocessing.inputShape, outputs), targets: bindable.y };
  parts.set(key, examples);
  return examples;
}

export function layersOf({ experiment, prepared }: LookScene): ResolvedLayer[] {
  return resolveNetwork(experiment.network, prepared.preprocessing.inputShape);
}

/** @param epoch that sees them, where training varies its images; null for the examples as they are */
export function readExamples(
  { prepared, outputs, network }: LookScene,
  examples: BoundExamples,
  indices: Uint32Array,
  epoch: number | null,
): Rows {
  const x = createFloats(indices.length * sizeOf(prepared.preprocessing.inputShape), network.precision);
  const y = createFloats(indices.length * outputs, network.precision);
  examples.read(indices, x, y, epoch);
  return { x, y, count: indices.length };
}

/** So many of all, at equal distances. */
export function evenly(all: number, most: number): Uint32Array {
  const count = Math.min(all, most);
  return Uint32Array.from({ length: count }, (_, k) => Math.floor((k * all) / count));
}

/** When the look was taken; what it cost is known at its end. */
export function momentOf({ walk }: LookScene): Omit<Look, 'costMs'> {
  return { step: walk.step, epoch: walk.epoch + walk.batchInEpoch / Math.max(1, walk.batches) };
}

/** A copy in float32, which is what crosses; the reference's float64 is rounded. */
export function narrow(values: FloatArray): Float32Array {
  return new Float32Array(values);
}
