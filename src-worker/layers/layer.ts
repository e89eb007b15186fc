import type { Definition } from '../definition';
import type { ActivationKind, InitializerSpec, LayerKind, LayerSpec } from '../experiment/document';
import type { Outcome } from '../problem';
import type { FloatArray, Shape } from '../tensor';

/** The spec of one kind, with its fields. */
export type LayerOf<K extends LayerKind> = { [S in LayerSpec as S['kind']]: S }[K];

/** An array of numbers that belongs to a layer and is saved with it. */
export interface ParameterSpec {
  /** `W`, `b`; with the layer's number it becomes `W1`, and its gradient `dW1`. */
  readonly name: string;
  readonly shape: Shape;
  /** Numbers that flow into one unit, and units that one number flows to. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** How it starts. */
  readonly initializer: InitializerSpec;
  /** Whether λ/2 ΣW² counts it: weights yes, biases no. */
  readonly regularised: boolean;
  /** Whether it follows a gradient and counts as a parameter; a running statistic is kept and saved, but not trained. */
  readonly trained: boolean;
}

/** A layer on its way through the document: its spec, where it stands and what comes in. */
export interface LayerPlace<K extends LayerKind = LayerKind> {
  readonly layer: LayerOf<K>;
  /** As messages call it, by its number and not by its units: `Layer 2 (dense)`. */
  readonly name: string;
  /** In the document: `network.layers[1]`. */
  readonly path: string;
  readonly inputShape: Shape;
}

/** What the reference backend lends a layer for its whole life. */
export interface LayerResources {
  /** In the order of {@link LayerDefinition.parameters}; the backend owns and updates them. */
  readonly parameters: readonly FloatArray[];
  /** Of the same sizes; `backward` overwrites those of trained parameters. */
  readonly gradients: readonly FloatArray[];
  /** What the layer's random numbers start from: 32 bits that are its own under the network's seed. */
  readonly key: number;
  /** Memory of the backend's precision for what a layer has to keep from forward to backward. */
  allocate(length: number): FloatArray;
}

/** One pass over a batch. */
export interface Pass {
  readonly rows: number;
  /** Some layers, such as dropout, behave differently once training is over. */
  readonly mode: 'training' | 'evaluation';
  /** Updates made before this pass; see `CompiledNetwork.step`. */
  readonly step: number;
}

/** A layer at work in the reference backend: forward and backward side by side. */
export interface ReferenceLayer {
  /**
   * @param x `[rows, …inputShape]`
   * @param z `[rows, …outputShape]`, overwritten; what the activation gets, or the layer's output where it has none
   */
  forward(x: FloatArray, z: FloatArray, pass: Pass): void;
  /**
   * Overwrites the gradients of its parameters, with the cost's 1/m and without its L2 term, and dx.
   * @param delta ∂L/∂z of each example, `[rows, …outputShape]`
   * @param dx ∂L/∂x of each example, `[rows, …inputShape]`; null for the first layer, where nobody needs it
   */
  backward(x: FloatArray, delta: FloatArray, dx: FloatArray | null, pass: Pass): void;
  /**
   * Takes what the batch of the last forward pass says into the parameters that are kept and not trained. Called with the update,
   * when loss and gradients are known to be finite; a trace or a check looks at a batch without it.
   */
  updateStatistics?(pass: Pass): void;
  /**
   * Which piece of a function made of pieces the last forward pass ran through, such as the winners of a pooling: where two
   * passes differ in it there is no derivative between them to check. Absent where the layer is smooth.
   */
  branch?(): string;
}

/**
 * A kind of layer. Its activation is none of its business: a spec with an `activation` has it applied by the network, so that
 * z, a and delta mean the same in every layer.
 */
export interface LayerDefinition<K extends LayerKind = LayerKind> extends Definition<K> {
  /** `image` where rows of numbers are refused; absent where any input will do. */
  readonly takes?: 'image';
  /** Shape of one example's output, or why this layer does not fit its input: names the layer, what it expects and got. */
  outputShape(place: LayerPlace<K>): Outcome<Shape>;
  /** Its parameters in the order in which they are saved. Only for a place that fits. */
  parameters(place: LayerPlace<K>): readonly ParameterSpec[];
  /** Their number as the notes count it, `units × inputs + units`; empty without parameters. */
  parameterFormula(place: LayerPlace<K>): string;
  /** Why it may not be the last layer, as `…, where ${notLast}.`; left out where it may. */
  readonly notLast?: string;
  /** Fewest examples of a batch that it can learn from; 1 where left out. Only for a place that fits. */
  minimumBatch?(place: LayerPlace<K>): number;
  create(place: LayerPlace<K>, resources: LayerResources): ReferenceLayer;
}

/** The activation of a layer, or null for a kind that has none. */
export function activationOf(layer: LayerSpec): ActivationKind | null {
  return 'activation' in layer ? layer.activation : null;
}
