import type { LayerKind } from '../../experiment/document';
import type { ResolvedLayer } from '../../shape';
import { sizeOf } from '../../tensor';
import type { Place } from '../../plan';
import { batchNormLowering } from './batch-norm';
import { dropoutLowering } from './dropout';
import { perExample } from '../instructions';
import type { ProgramBuilder } from '../program';
import { convolutionLowering } from './convolution';
import { avgPoolLowering, maxPoolLowering } from './pools';

/** A layer's arrays by address, `[batch, …shape]` except its parameters. */
export interface LoweredLayer {
  readonly resolved: ResolvedLayer;
  /** In evaluation there are no gradients, delta and dx, and nothing is drawn at random. */
  readonly mode: 'training' | 'evaluation';
  readonly x: number;
  /** What the activation gets. */
  readonly z: number;
  /** In the order of the definition's parameters. */
  readonly parameters: readonly number[];
  /** Σ over the examples of ∂L/∂parameter: without 1/m and L2, which the update brings in. */
  readonly gradients: readonly number[];
  /** ∂L/∂z of each example. */
  readonly delta: number;
  /** Gets ∂L/∂x of each example; null for the first layer. */
  readonly dx: number | null;
  /** What {@link LayerLowering.reserve} placed. */
  readonly own: readonly number[];
}

/** How a layer without its activation becomes kernel calls. */
export interface LayerLowering {
  /** Whether z is x itself, and delta is dx: a layer that changes nothing but the shape, or nothing in this mode. */
  sharesX?(resolved: ResolvedLayer, mode: 'training' | 'evaluation'): boolean;
  /** Places what the layer keeps from forward to backward, for batches of up to `rows` examples. */
  reserve?(resolved: ResolvedLayer, rows: number, mode: 'training' | 'evaluation', place: Place): readonly number[];
  forward(program: ProgramBuilder, layer: LoweredLayer): void;
  backward(program: ProgramBuilder, layer: LoweredLayer): void;
  /** See `ReferenceLayer.updateStatistics`. */
  updateStatistics?(program: ProgramBuilder, layer: LoweredLayer): void;
}

/** Every layer by kind: a further kind does not compile until it is lowered. */
export const layerLowerings = {
  dense: {
    // z = x Wᵀ + b
    forward(program, { resolved, x, z, parameters: [W, b] }) {
      const { units, inputs } = denseSizes(resolved);
      program.product({ variant: 'NT', m: perExample(1), n: units, k: inputs, a: x, b: W!, c: z, bias: b! });
    },
    // dW = deltaᵀ x,  db = Σ delta,  dx = delta W
    backward(program, { resolved, x, delta, dx, parameters: [W], gradients: [dW, db] }) {
      const { units, inputs } = denseSizes(resolved);
      program.independently(() => {
        program.product({ variant: 'TN', m: units, n: inputs, k: perExample(1), a: delta, b: x, c: dW! });
        program.columnSums(delta, db!, perExample(1), units);
        if (dx === null) return;
        program.product({ variant: 'NN', m: perExample(1), n: inputs, k: units, a: delta, b: W!, c: dx });
      });
    },
  },
  conv2d: convolutionLowering,
  'max-pool2d': maxPoolLowering,
  'avg-pool2d': avgPoolLowering,
  flatten: { sharesX: () => true, forward: () => undefined, backward: () => undefined },
  dropout: dropoutLowering,
  'batch-norm': batchNormLowering,
} satisfies Record<LayerKind, LayerLowering>;

function denseSizes({ inputShape, outputShape }: ResolvedLayer): { units: number; inputs: number } {
  return { units: sizeOf(outputShape), inputs: sizeOf(inputShape) };
}
