import type { Problem } from '../../problem';
import { inspectNetwork } from '../../shape';
import type { Shape } from '../../tensor';
import type { Experiment, LayerSpec, NetworkSpec, TrainingSpec } from '../document';
import type { OutputTarget } from '../layer-specs';

/** What a repair is made for: the document with the problem, and what the data are. */
export interface RepairContext {
  readonly document: Experiment;
  readonly inputShape: Shape;
  readonly target: OutputTarget;
  /** In the order of the outputs; none for a regression. */
  readonly classNames: readonly string[];
  /** Of the training part. */
  readonly examples: number;
}

/** A way out of a problem, ready to be taken: an edit like any other. */
export interface Repair {
  /** What it does, as its button says it: `Set units to 3`. */
  readonly label: string;
  readonly document: Experiment;
}

/** Ways out of one problem; none where this document leaves none. */
export type Mender = (problem: Problem, context: RepairContext) => readonly Repair[];

/** The index of the layer that a problem belongs to, null where it belongs to none. */
export function layerIndexOf({ path }: Problem): number | null {
  const index = /^network\.layers\[(\d+)\]/.exec(path ?? '')?.[1];
  return index === undefined ? null : Number(index);
}

/** The layer that a problem belongs to, where the document has it, with the shape that comes in. */
export function layerOf(problem: Problem, { document: { network }, inputShape, target }: RepairContext) {
  const index = layerIndexOf(problem);
  const layer = index === null ? undefined : network.layers[index];
  if (index === null || layer === undefined) return null;
  return { index, layer, input: inspectNetwork(network, inputShape, target).layers[index]?.inputShape ?? null };
}

export function withNetwork(document: Experiment, change: Partial<NetworkSpec>): Experiment {
  return { ...document, network: { ...document.network, ...change } };
}

export function withTraining(document: Experiment, change: Partial<TrainingSpec>): Experiment {
  return { ...document, training: { ...document.training, ...change } };
}

export function withLayer(document: Experiment, index: number, layer: LayerSpec): Experiment {
  return withNetwork(document, { layers: document.network.layers.with(index, layer) });
}
