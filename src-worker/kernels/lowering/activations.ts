import type { ActivationKind } from '../../experiment/document';
import { perExample } from '../instructions';
import type { ElementwiseKind, ProgramBuilder } from '../program';

/** How an activation becomes kernel calls. Arrays are `[batch, columns]`, given by address. */
export interface ActivationLowering {
  /** Whether a is z itself, so that one array serves both. */
  readonly sharesZ: boolean;
  forward(program: ProgramBuilder, z: number, a: number, columns: number): void;
  /** Turns ∂L/∂a into ∂L/∂z in place. */
  backward(program: ProgramBuilder, z: number, a: number, delta: number, columns: number): void;
}

/** @param from what the derivative is computed from */
function elementwise(g: ElementwiseKind, from: 'a' | 'z' = 'a'): ActivationLowering {
  return {
    sharesZ: false,
    forward: (program, z, a, columns) => program.elementwise(g, z, a, perExample(columns)),
    backward: (program, z, a, delta, columns) =>
      program.elementwiseBackward(g, from === 'a' ? a : z, delta, delta, perExample(columns)),
  };
}

/** Every activation by kind: a further kind does not compile until it is lowered. */
export const activationLowerings = {
  identity: { sharesZ: true, forward: () => undefined, backward: () => undefined },
  sigmoid: elementwise('sigmoid'),
  tanh: elementwise('tanh'),
  relu: elementwise('relu'),
  'leaky-relu': elementwise('leaky-relu'),
  elu: elementwise('elu'),
  gelu: elementwise('gelu', 'z'),
  softmax: {
    sharesZ: false,
    forward: (program, z, a, columns) => program.softmax(z, a, perExample(1), columns),
    backward: (program, _z, a, delta, columns) => program.softmaxBackward(a, delta, delta, perExample(1), columns),
  },
} satisfies Record<ActivationKind, ActivationLowering>;
