import type { LiveTraining } from '../engine';
import type { LossKind, OptimizerSpec } from '../experiment/document';
import { optimizers } from '../optimizers';
import { planNetwork, type Plan, type SharedArrays } from '../plan';
import type { ResolvedLayer } from '../shape';
import type { NamedTensor } from '../tensor';
import { optimizerLowerings, type OptimizerLowering } from './lowering/optimizers';
import { ProgramBuilder } from './program';
import { SETTING_L2, SETTINGS_BYTES } from './simd/opcodes';
import type { Claim, PlacedProgram, Workspace } from './workspace';

/** The arrays that an optimizer keeps, laid out like the trained parameters. */
export interface Slots {
  readonly names: readonly string[];
  readonly addresses: readonly number[];
}

/** Places the slots of an optimizer, all 0. */
export function placeSlots(
  workspace: Workspace,
  { kind }: OptimizerSpec,
  { layout: { trainedBytes } }: SharedArrays,
): Claim<Slots> {
  const names: readonly string[] = optimizers[kind].slots;
  const claim = workspace.claim((place) => ({ names, addresses: names.map(() => place(trainedBytes)) }));
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

/** The program of a training step for batches of up to `rows` examples: gather, forward, loss, backward, update. */
export function placeTraining(
  workspace: Workspace,
  network: { readonly layers: readonly ResolvedLayer[]; readonly loss: LossKind },
  rows: number,
  shared: SharedArrays,
  optimizer: OptimizerSpec,
  slots: Slots,
  settings: number,
): Claim<{ readonly plan: Plan; readonly program: PlacedProgram }> {
  const lowering: OptimizerLowering = optimizerLowerings[optimizer.kind];
  const claim = workspace.claim((place) => {
    const plan = planNetwork(network.layers, network.loss, rows, 'training', shared, place);
    const builder = new ProgramBuilder(rows, workspace.instance.exports);
    plan.emitGather(builder);
    plan.emitForward(builder);
    plan.emitLoss(builder);
    builder.checkLoss();
    plan.emitBackward(builder);
    builder.checkFinite(shared.gradients, shared.layout.trainedBytes / 4);
    plan.emitStatistics(builder);
    for (const { offset, count, decays } of shared.layout.blocks) {
      const block = {
        parameters: shared.parameters + offset,
        gradients: shared.gradients + offset,
        slots: slots.addresses.map((address) => address + offset),
        count,
        decays,
      };
      lowering.update(builder, block, settings);
    }
    return { plan, program: workspace.placeProgram(builder, place) };
  });
  workspace.install(claim.value.program);
  return claim;
}

/** Writes learning rate, β and λ to their cells: the next update reads them. */
export function writeSettings(workspace: Workspace, settings: number, { optimizer, l2 }: LiveTraining): void {
  const cells = workspace.instance.memory.floats(settings, SETTINGS_BYTES / 4);
  const lowering: OptimizerLowering = optimizerLowerings[optimizer.kind];
  cells[SETTING_L2 / 4] = l2;
  lowering.writeSettings(optimizer, cells);
}
