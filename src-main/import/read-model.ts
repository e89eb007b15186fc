import type { ModelSnapshot, NamedTensor, NetworkSpec, Problem, Shape } from '../../src-worker/api';

/** What opening a model file gives; types only, so that the window may know them. */

/** Formats that a model can come back from. */
export type ImportFormatId = 'onnx' | 'tfjs' | 'keras' | 'safetensors' | 'npz' | 'json';

/** A model file as read: what it holds, and what of it the app can use. */
export interface ReadModel {
  readonly format: ImportFormatId;
  /** As a person calls the format. */
  readonly label: string;
  readonly name: string;
  /** The program that wrote it, as the file says; empty where it does not. */
  readonly producer: string;
  /** In the order of the data, whether or not the app has such a layer; empty for a file of arrays alone. */
  readonly layers: readonly DescribedLayer[];
  readonly tensors: readonly DescribedTensor[];
  /** Numbers in all arrays together. */
  readonly parameters: number;
  /** The whole of a model that Layerlab wrote: experiment, preprocessing, weights and the place in the run. */
  readonly model: ModelSnapshot | null;
  /** The network where every layer of it is of a known kind; null for arrays alone and where `problems` say why. */
  readonly network: ImportedNetwork | null;
  /** The arrays as they are, for {@link matchWeights}; empty where `network` holds them. */
  readonly weights: readonly NamedTensor[];
  /** What stands in the way of training it, by operator and node. */
  readonly problems: readonly Problem[];
  /** What was read otherwise than it stands in the file, with the same answers. */
  readonly notes: readonly string[];
}

export interface DescribedLayer {
  readonly name: string;
  /** The format's own word for it: `Gemm`, `Conv2D`. */
  readonly operator: string;
  /** Of one example; null where it is not known. */
  readonly outputShape: Shape | null;
  readonly parameters: number;
}

export interface DescribedTensor {
  readonly name: string;
  /** As the format calls the type of its numbers: `F32`, `float16`. */
  readonly type: string;
  readonly shape: Shape;
  /** Over its finite numbers; null for an empty array or one of no numbers. */
  readonly statistics: TensorStatistics | null;
}

export interface TensorStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the whole array, divided by its size. */
  readonly deviation: number;
  /** How many are NaN or infinite. */
  readonly notFinite: number;
}

/** A network with its weights, without the data that it was trained on. */
export interface ImportedNetwork {
  readonly spec: NetworkSpec;
  readonly inputShape: Shape;
  readonly outputs: number;
  /** By the names that the network gives them; the receiver owns the values. */
  readonly parameters: readonly NamedTensor[];
}
