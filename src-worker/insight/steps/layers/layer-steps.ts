import type { LayerContext } from '../context';
import type { Line, Term } from '../step';
import type { Upstream } from '../activation-lines';

/** The gradient of one trained parameter: ∂J/∂W without its L1 and L2 terms, which are the same for every layer. */
export interface GradientSteps {
  /** `W`, `b`. */
  readonly name: string;
  readonly right: Line['right'];
  readonly formula?: string;
  terms(index: number): readonly Term[];
  code: Line['code'];
}

/** How a kind of layer is written down, forward and backward. */
export interface LayerSteps {
  /** What the forward step does, in half a sentence. */
  readonly forwardTitle: string;
  /** The last one's result is z, or a of a layer without an activation. */
  forward(layer: LayerContext): Line[];
  /** ∂L/∂a of the layer before. */
  inputGradient(layer: LayerContext): Upstream;
  /** Of its trained parameters, in their order. */
  gradients(layer: LayerContext): GradientSteps[];
  /** With the bias as unit 0; left out where the notes write it alike. */
  readonly theta?: {
    forward(layer: LayerContext): Line[];
    inputGradient(layer: LayerContext): Upstream;
    /** Of Θ as a whole. */
    gradient(layer: LayerContext): Line;
  };
  /** Sources of forward, ∂L/∂a and gradients. */
  readonly sources: { readonly forward: string; readonly back: string; readonly gradient: string };
}
