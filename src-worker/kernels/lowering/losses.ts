import type { LossKind } from '../../experiment/document';
import { perExample } from '../instructions';
import type { ProgramBuilder } from '../program';
import type { ActivationLowering } from './activations';

/** The last layer's arrays, `[batch, columns]`, by address. */
export interface LoweredOutput {
  readonly z: number;
  readonly a: number;
  readonly y: number;
  /** Gets ∂L/∂z of each example; 0 where only the loss is asked for. */
  readonly delta: number;
  readonly columns: number;
  readonly activation: ActivationLowering;
  /** What each example counts for, `[batch]`; 0 where all count alike. */
  readonly weights: number;
}

/** How a loss, with its delta, becomes kernel calls. */
export interface LossLowering {
  emit(program: ProgramBuilder, output: LoweredOutput): void;
  /** Takes delta, where the loss left ∂L/∂a in it, back through the activation; after the loss was checked. */
  finishDelta(program: ProgramBuilder, output: LoweredOutput): void;
}

/** Every loss by kind: a further kind does not compile until it is lowered. */
export const lossLowerings = {
  squared: {
    emit(program, { a, y, delta, columns, weights }) {
      if (weights === 0) program.squaredLoss(a, y, delta, perExample(columns));
      else program.weightedSquaredLoss(a, y, delta, weights, perExample(1), columns);
    },
    finishDelta: (program, { z, a, delta, columns, activation }) => activation.backward(program, z, a, delta, columns),
  },
  logistic: {
    emit(program, { z, a, y, delta, columns, weights }) {
      if (weights === 0) program.logisticLoss(z, a, y, delta, perExample(columns));
      else program.weightedLogisticLoss(z, a, y, delta, weights, perExample(1), columns);
    },
    finishDelta: () => undefined,
  },
  'cross-entropy': {
    emit(program, { z, a, y, delta, columns, weights }) {
      if (weights === 0) program.crossEntropyLoss(z, a, y, delta, perExample(1), columns);
      else program.weightedCrossEntropyLoss(z, a, y, delta, weights, perExample(1), columns);
    },
    finishDelta: () => undefined,
  },
} satisfies Record<LossKind, LossLowering>;
