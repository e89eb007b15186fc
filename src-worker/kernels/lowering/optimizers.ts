import type { OptimizerKind } from '../../experiment/document';
import type { OptimizerOf } from '../../optimizers/optimizer';
import type { ProgramBuilder, UpdateBlock } from '../program';
import {
  SETTING_BETA,
  SETTING_BETA_2,
  SETTING_EPSILON,
  SETTING_EXACT_BETA,
  SETTING_EXACT_BETA_2,
  SETTING_ONE_MINUS_BETA,
  SETTING_ONE_MINUS_BETA_2,
  SETTING_WEIGHT_DECAY,
} from '../simd/opcodes';

/** The cells that an update reads, by their offset in bytes. */
export interface SettingCells {
  /** Rounded to float32. */
  set(cell: number, value: number): void;
  setDouble(cell: number, value: number): void;
}

/** How an optimizer becomes kernel calls. */
export interface OptimizerLowering<K extends OptimizerKind = OptimizerKind> {
  /** Writes its numbers, beside the learning rate, to the cells that its kernel reads. */
  writeSettings(optimizer: OptimizerOf<K>, cells: SettingCells): void;
  update(program: ProgramBuilder, block: UpdateBlock, settings: number): void;
}

/** Every optimizer by kind: a further kind does not compile until it is lowered. */
export const optimizerLowerings = {
  sgd: {
    writeSettings: () => undefined,
    update: (program, block, settings) => program.sgd(block, settings),
  },
  momentum: {
    writeSettings: ({ beta }, cells) => writeAverage(cells, beta),
    update: (program, block, settings) => program.updateWithSlot('momentum', block, settings),
  },
  'heavy-ball': {
    writeSettings: ({ momentum }, cells) => writeSum(cells, momentum),
    update: (program, block, settings) => program.updateWithSlot('momentum', block, settings),
  },
  nesterov: {
    writeSettings: ({ momentum }, cells) => writeSum(cells, momentum),
    update: (program, block, settings) => program.updateWithSlot('nesterov', block, settings),
  },
  rmsprop: {
    writeSettings({ decay, epsilon }, cells) {
      writeAverage(cells, decay);
      cells.set(SETTING_EPSILON, epsilon);
    },
    update: (program, block, settings) => program.updateWithSlot('rmsprop', block, settings),
  },
  adam: {
    writeSettings: writeAdam,
    update: (program, block, settings) => program.adam(block, settings, false),
  },
  adamw: {
    writeSettings(optimizer, cells) {
      writeAdam(optimizer, cells);
      cells.set(SETTING_WEIGHT_DECAY, optimizer.weightDecay);
    },
    update: (program, block, settings) => program.adam(block, settings, true),
  },
} satisfies { readonly [K in OptimizerKind]: OptimizerLowering<K> };

/** β v + (1 − β) g. */
function writeAverage(cells: SettingCells, beta: number): void {
  cells.set(SETTING_BETA, beta);
  cells.set(SETTING_ONE_MINUS_BETA, 1 - beta);
}

/** μ v + g. */
function writeSum(cells: SettingCells, momentum: number): void {
  cells.set(SETTING_BETA, momentum);
  cells.set(SETTING_ONE_MINUS_BETA, 1);
}

function writeAdam({ beta1, beta2, epsilon }: OptimizerOf<'adam'> | OptimizerOf<'adamw'>, cells: SettingCells): void {
  writeAverage(cells, beta1);
  cells.set(SETTING_BETA_2, beta2);
  cells.set(SETTING_ONE_MINUS_BETA_2, 1 - beta2);
  cells.setDouble(SETTING_EXACT_BETA, beta1);
  cells.setDouble(SETTING_EXACT_BETA_2, beta2);
  cells.set(SETTING_EPSILON, epsilon);
}
