import { ONE_THREAD, type Forward, type ThreadUse } from '../engine';
import type { LossKind } from '../experiment/document';
import { planNetwork, type Place, type Plan, type SharedArrays } from '../plan';
import { gatherOutputs, takeSlice } from '../layer-outputs';
import type { ResolvedLayer } from '../shape';
import { sizeOf, type FloatArray, type NamedTensor } from '../tensor';
import type { PlacedExamples } from './placed-examples';
import { ProgramBuilder } from './program';
import { HEADER_LAST_LOSS } from './simd/opcodes';
import { placeProgram, type PlacedProgram, type Workspace } from './workspace';

/** Examples in one go: enough for the products to be fast, few enough for the cache. */
const ROWS = 128;

/** Evaluation and prediction with all of their arrays placed. */
export interface PlacedInference {
  readonly plan: Plan;
  readonly evaluation: PlacedProgram;
  readonly prediction: PlacedProgram;
}

export function planInference(
  layers: readonly ResolvedLayer[],
  loss: LossKind,
  shared: SharedArrays,
  threads: ThreadUse,
  place: Place,
): PlacedInference {
  const plan = planNetwork(layers, loss, ROWS, 'evaluation', shared, place);
  const evaluation = new ProgramBuilder(ROWS, threads);
  plan.emitGather(evaluation);
  plan.emitForward(evaluation);
  plan.emitLoss(evaluation);
  const prediction = new ProgramBuilder(ROWS, threads);
  plan.emitForward(prediction);
  return { plan, evaluation: placeProgram(evaluation, place), prediction: placeProgram(prediction, place) };
}

/** Forward passes in evaluation mode, in slices, so that their memory does not grow with the data. */
export class WasmInference {
  private readonly workspace: Workspace;
  private readonly plan: Plan;
  private readonly evaluation: PlacedProgram;
  private readonly prediction: PlacedProgram;
  private readonly inputs: number;
  private readonly outputs: number;

  constructor(
    workspace: Workspace,
    layers: readonly ResolvedLayer[],
    loss: LossKind,
    shared: SharedArrays,
    threads = ONE_THREAD,
  ) {
    this.workspace = workspace;
    this.inputs = sizeOf(layers[0]!.inputShape);
    this.outputs = sizeOf(layers.at(-1)!.outputShape);
    const { value } = workspace.claim((place) => planInference(layers, loss, shared, threads, place));
    ({ plan: this.plan, evaluation: this.evaluation, prediction: this.prediction } = value);
    workspace.install(this.evaluation);
    workspace.install(this.prediction);
  }

  /** Mean loss and ŷ over a part; ŷ is fresh. */
  evaluate(examples: PlacedExamples): Forward {
    const { memory } = this.workspace.instance;
    examples.aim(this.plan.xSource, this.plan.ySource);
    this.workspace.aim(this.evaluation, examples.count, ROWS, 0);
    const yHat = new Float32Array(examples.count * this.outputs);
    let loss = 0;
    for (let from = 0; from < examples.count; from += ROWS) {
      this.workspace.run(this.evaluation, from / ROWS, 1);
      loss += memory.double(this.evaluation.header + HEADER_LAST_LOSS);
      this.copyOut(yHat, from, Math.min(ROWS, examples.count - from));
    }
    return { loss: loss / examples.count, yHat };
  }

  /** ŷ of `count` rows, fresh. */
  predict(x: FloatArray, count: number): Float32Array {
    const yHat = new Float32Array(count * this.outputs);
    this.pass(x, count, (from, rows) => this.copyOut(yHat, from, rows));
    return yHat;
  }

  /** What the layers make of `count` rows, fresh: every plan for evaluation has room for all of it. */
  activations(x: FloatArray, count: number, names?: readonly string[]): NamedTensor[] {
    const { layers } = this.plan;
    const { memory } = this.workspace.instance;
    const gathered = gatherOutputs(
      layers.map(({ resolved }) => resolved),
      count,
      'float32',
      names,
    );
    this.pass(x, count, (from, rows) => {
      for (const each of gathered) {
        takeSlice(each, memory.floats(layers[each.layer]![each.of], rows * each.columns), from, rows);
      }
    });
    return gathered.map(({ tensor }) => tensor);
  }

  /** Forward passes in slices; `take` reads the plan's arrays behind each of them. */
  private pass(x: FloatArray, count: number, take: (from: number, rows: number) => void): void {
    const { memory } = this.workspace.instance;
    for (let from = 0; from < count; from += ROWS) {
      const rows = Math.min(ROWS, count - from);
      const slice = x.subarray(from * this.inputs, (from + rows) * this.inputs);
      memory.floats(this.plan.x, slice.length).set(slice);
      this.workspace.aim(this.prediction, rows, ROWS, 0);
      this.workspace.run(this.prediction, 0, 1);
      take(from, rows);
    }
  }

  private copyOut(yHat: Float32Array, from: number, rows: number): void {
    const values = this.workspace.instance.memory.floats(this.plan.yHat, rows * this.outputs);
    yHat.set(values, from * this.outputs);
  }
}
