import { ONE_THREAD, type LiveTraining, type ThreadUse } from '../engine';
import type { LossKind, OptimizerKind, OptimizerSpec } from '../experiment/document';
import { optimizers } from '../optimizers';
import { planNetwork, type Place, type Plan, type SharedArrays } from '../plan';
import type { ResolvedLayer } from '../shape';
import type { NamedTensor } from '../tensor';
import { optimizerLowerings, type OptimizerLowering, type SettingCells } from './lowering/optimizers';
import { ProgramBuilder, type UpdateBlock } from './program';
import { squareSumsOf } from './scratch';
import { SETTING_CLIP_NORM, SETTING_L1, SETTING_L2, SETTING_LEARNING_RATE, SETTINGS_BYTES } from './simd/opcodes';
import { placeProgram, type Claim, type PlacedProgram, type Workspace } from './workspace';

/** The arrays that an optimizer keeps, laid out like the trained parameters. */
export interface Slots {
  readonly names: readonly string[];
  readonly addresses: readonly number[];
}

export function reserveSlots(kind: OptimizerKind, trainedBytes: number, place: Place): Slots {
  const names: readonly string[] = optimizers[kind].slots;
  return { names, addresses: names.map(() => place(trainedBytes)) };
}

/** Places the slots of an optimizer, all 0. */
export function placeSlots(
  workspace: Workspace,
  { kind }: OptimizerSpec,
  { layout: { trainedBytes } }: SharedArrays,
): Claim<Slots> {
  const claim = workspace.claim((place) => reserveSlots(kind, trainedBytes, place));
  for (const address of claim.value.addresses) workspace.clear(address, trainedBytes);
  return claim;
}

/** Live views of the slots, such as `v.W1`; valid until the memory grows. */
export function slotTensors(
  workspace: Workspace,
  { names, addresses }: Slots,
  { layout }: SharedArrays,
): NamedTensor[] {
  const trained = layout.parameters.filter(({ spec }) => spec.trained);
  return trained.flatMap(({ spec, offset, length }) =>
    names.map((name, slot) => ({
      name: `${name}.${spec.fullName}`,
      shape: spec.shape,
      values: workspace.instance.memory.floats(addresses[slot]! + offset, length),
    })),
  );
}

/** What a training step is planned for. */
export interface TrainingPlan {
  readonly layers: readonly ResolvedLayer[];
  readonly loss: LossKind;
  /** Most examples of a batch. */
  readonly rows: number;
  /** Whether each example has a weight. */
  readonly weighted: boolean;
  readonly optimizer: OptimizerKind;
  readonly threads: ThreadUse | undefined;
}

/** A training step with all of its arrays placed. */
export interface PlacedTraining {
  readonly plan: Plan;
  readonly program: PlacedProgram;
}

/** The program of a training step, on those of the threads that pay: gather, forward, loss, backward, update. */
export function planTraining(
  { layers, loss, rows, weighted, optimizer, threads = ONE_THREAD }: TrainingPlan,
  shared: SharedArrays,
  slots: Slots,
  settings: number,
  place: Place,
): PlacedTraining {
  const plan = planNetwork(layers, loss, rows, 'training', shared, place, weighted);
  const builder = new ProgramBuilder(rows, threads);
  plan.emitGather(builder);
  plan.emitForward(builder);
  plan.emitLoss(builder);
  builder.checkLoss();
  plan.emitBackward(builder);
  builder.checkFinite(shared.gradients, shared.layout.trainedBytes / 4);
  plan.emitStatistics(builder);
  const blocks = shared.layout.blocks.map(({ offset, count, decays }) => ({
    parameters: shared.parameters + offset,
    gradients: shared.gradients + offset,
    slots: slots.addresses.map((address) => address + offset),
    count,
    decays,
  }));
  const sums = place(8 * blocks.reduce((sum, { count }) => sum + squareSumsOf(count), 0), 'scratch');
  emitUpdate(builder, blocks, optimizer, sums, settings);
  return { plan, program: placeProgram(builder, place) };
}

/** The same in the memory of a network. */
export function placeTraining(
  workspace: Workspace,
  training: TrainingPlan,
  shared: SharedArrays,
  slots: Slots,
  settings: number,
): Claim<PlacedTraining> {
  const claim = workspace.claim((place) => planTraining(training, shared, slots, settings, place));
  workspace.install(claim.value.program);
  return claim;
}

function emitUpdate(
  builder: ProgramBuilder,
  blocks: readonly UpdateBlock[],
  kind: OptimizerKind,
  sums: number,
  settings: number,
): void {
  const lowering: OptimizerLowering = optimizerLowerings[kind];
  builder.whenPrepared(settings, () => {
    builder.independently(() => {
      for (const block of blocks) builder.prepareGradient(block, settings);
    });
    builder.clipGradient(blocks, sums, settings);
  });
  builder.independently(() => {
    for (const block of blocks) lowering.update(builder, block, settings);
  });
  builder.checkUpdate();
}

/** Writes learning rate, β, λ and the rest to their cells: the next update reads them. */
export function writeSettings(workspace: Workspace, settings: number, live: LiveTraining): void {
  const { memory } = workspace.instance;
  const { optimizer, l2, l1 = 0, clipNorm = 0 } = live;
  const floats = memory.floats(settings, SETTINGS_BYTES / 4);
  const cells: SettingCells = {
    set: (cell, value) => (floats[cell / 4] = value),
    setDouble: (cell, value) => memory.setDouble(settings + cell, value),
  };
  const lowering: OptimizerLowering = optimizerLowerings[optimizer.kind];
  cells.set(SETTING_L2, l2);
  cells.set(SETTING_L1, l1);
  cells.set(SETTING_CLIP_NORM, clipNorm);
  cells.set(SETTING_LEARNING_RATE, optimizer.learningRate);
  lowering.writeSettings(optimizer, cells);
}

/** Whether the gradient needs passes of its own before the update. */
export function preparesGradient({ l1 = 0, clipNorm = 0 }: LiveTraining): boolean {
  return l1 !== 0 || clipNorm !== 0;
}
