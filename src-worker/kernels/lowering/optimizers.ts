import type { OptimizerKind } from '../../experiment/document';
import type { OptimizerOf } from '../../optimizers/optimizer';
import type { ProgramBuilder } from '../program';
import { SETTING_BETA, SETTING_LEARNING_RATE, SETTING_ONE_MINUS_BETA } from '../simd/opcodes';

/** Parameters that lie side by side and are updated alike, by address. */
export interface LoweredBlock {
  readonly parameters: number;
  /** Σ over the examples of ∂L/∂parameter. */
  readonly gradients: number;
  /** In the order of the optimizer's slots. */
  readonly slots: readonly number[];
  readonly count: number;
  /** Whether λ applies: to weights, not to biases. */
  readonly decays: boolean;
}

/** How an optimizer becomes kernel calls. */
export interface OptimizerLowering<K extends OptimizerKind = OptimizerKind> {
  /** Writes its numbers to the cells that its kernel reads. */
  writeSettings(optimizer: OptimizerOf<K>, settings: Float32Array): void;
  update(program: ProgramBuilder, block: LoweredBlock, settings: number): void;
}

/** Every optimizer by kind: a further kind does not compile until it is lowered. */
export const optimizerLowerings = {
  sgd: {
    writeSettings({ learningRate }, settings) {
      settings[SETTING_LEARNING_RATE / 4] = learningRate;
    },
    update: (program, { parameters, gradients, count, decays }, settings) =>
      program.sgd(parameters, gradients, count, settings, decays),
  },
  momentum: {
    writeSettings({ learningRate, beta }, settings) {
      settings[SETTING_LEARNING_RATE / 4] = learningRate;
      settings[SETTING_BETA / 4] = beta;
      settings[SETTING_ONE_MINUS_BETA / 4] = 1 - beta;
    },
    update: (program, { parameters, gradients, slots: [v], count, decays }, settings) =>
      program.momentum(parameters, gradients, v!, count, settings, decays),
  },
} satisfies { readonly [K in OptimizerKind]: OptimizerLowering<K> };
