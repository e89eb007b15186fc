import { ONE_THREAD, type Trace } from '../engine';
import type { LossKind } from '../experiment/document';
import { assembleTrace } from '../insight/trace';
import type { CostTerms } from '../propagation';
import { planNetwork, type PlannedLayer, type SharedArrays } from '../plan';
import type { ResolvedLayer } from '../shape';
import { sizeOf, type FloatArray } from '../tensor';
import { ProgramBuilder } from './program';
import { HEADER_LAST_LOSS, HEADER_STEP } from './simd/opcodes';
import { placeProgram, type Workspace } from './workspace';

/** One training step in full without its update, on arrays of its own that are given back at the end. */
export function traceStep(
  workspace: Workspace,
  network: {
    readonly layers: readonly ResolvedLayer[];
    readonly loss: LossKind;
    readonly l2: number;
    readonly l1: number;
  },
  shared: SharedArrays,
  step: number,
  x: FloatArray,
  y: FloatArray,
  rows: number,
  weights: FloatArray | null = null,
): Trace {
  const { memory } = workspace.instance;
  const claim = workspace.claim((place) => {
    const plan = planNetwork(network.layers, network.loss, rows, 'training', shared, place, weights !== null);
    const builder = new ProgramBuilder(rows, ONE_THREAD);
    plan.emitForward(builder);
    plan.emitLoss(builder);
    plan.emitBackward(builder);
    return { plan, program: placeProgram(builder, place) };
  });
  const { plan, program } = claim.value;
  try {
    workspace.install(program);
    workspace.aim(program, rows, rows, 0);
    memory.setWord(program.header + HEADER_STEP, step);
    memory.floats(plan.x, x.length).set(x);
    memory.floats(plan.y, y.length).set(y);
    if (weights !== null) memory.floats(plan.weights, rows).set(weights);
    workspace.run(program, 0, 1);

    const ofRows = (address: number, columns: number): Float32Array => memory.floats(address, rows * columns);
    const inputShape = network.layers[0]!.inputShape;
    const batch = { x: ofRows(plan.x, sizeOf(inputShape)), y: memory.floats(plan.y, y.length), rows, inputShape };
    const layers = plan.layers.map((layer) => {
      const { number, outputShape, activation } = layer.resolved;
      return {
        number,
        outputShape,
        parameters: trainedParameters(workspace, layer, rows, network),
        z: activation === null ? null : ofRows(layer.z, layer.outputs),
        a: ofRows(layer.a, layer.outputs),
        delta: activation === null ? null : ofRows(layer.delta, layer.outputs),
      };
    });
    return { loss: memory.double(program.header + HEADER_LAST_LOSS) / rows, tensors: assembleTrace(batch, layers) };
  } finally {
    claim.release();
  }
}

/** With the gradient of the cost, (1/m) Σ ∂L/∂W + λ W + λ₁ sign(W), which the update makes on its way. */
function trainedParameters({ instance }: Workspace, layer: PlannedLayer, rows: number, cost: CostTerms) {
  return layer.resolved.parameters.flatMap((spec, index) => {
    if (!spec.trained) return [];
    const length = sizeOf(spec.shape);
    const values = instance.memory.floats(layer.parameters[index]!, length);
    const sums = instance.memory.floats(layer.gradients[index]!, length);
    const { l2, l1 = 0 } = spec.regularised ? cost : { l2: 0 };
    // A loop, not a callback for each of what may be millions.
    const gradient = new Float32Array(length);
    for (let i = 0; i < length; i++) gradient[i] = sums[i]! / rows + l2 * values[i]! + l1 * Math.sign(values[i]!);
    return [{ name: spec.name, shape: spec.shape, values, gradient }];
  });
}
