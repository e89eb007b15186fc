import type { LossKind } from './experiment/document';
import { activationLowerings, type ActivationLowering } from './kernels/lowering/activations';
import { layerLowerings, type LayerLowering, type LoweredLayer } from './kernels/lowering/layers';
import { lossLowerings, type LossLowering } from './kernels/lowering/losses';
import type { ParameterLayout } from './kernels/parameter-layout';
import type { ProgramBuilder } from './kernels/program';
import { SOURCE_BYTES } from './kernels/simd/opcodes';
import type { ResolvedLayer } from './shape';
import { sizeOf } from './tensor';

/** What room is for, where it is for one layer, by its number, or for the instructions themselves. */
export type Purpose = number | 'scratch';

/** Gives an array its place: address of room for that many bytes. */
export type Place = (bytes: number, purpose?: Purpose) => number;

/** Where the arrays are that every plan of a network shares. */
export interface SharedArrays {
  readonly layout: ParameterLayout;
  readonly parameters: number;
  readonly gradients: number;
}

export function placeShared(layout: ParameterLayout, place: Place): SharedArrays {
  return { layout, parameters: place(layout.bytes), gradients: place(layout.trainedBytes) };
}

/** A layer with all of its arrays placed; see {@link LoweredLayer}. */
export interface PlannedLayer extends LoweredLayer {
  /** z itself where the activation shares it. */
  readonly a: number;
  readonly outputs: number;
  readonly activation: ActivationLowering;
}

/**
 * A network compiled for batches of up to `rows` examples: every array has its place, nothing is allocated afterwards. It
 * writes the instructions of a pass; what they run on, one thread or more, is not its business.
 */
export interface Plan {
  readonly rows: number;
  /** Descriptors of where the examples come from; see simd/gather.ts. */
  readonly xSource: number;
  readonly ySource: number;
  /** The same for the examples' weights; 0 where all count alike. */
  readonly weightSource: number;
  /** The weights of the batch, `[rows]`; 0 where all count alike. */
  readonly weights: number;
  /** The batch, `[rows, inputs]` and `[rows, outputs]`. */
  readonly x: number;
  readonly y: number;
  readonly layers: readonly PlannedLayer[];
  /** ŷ, `[rows, outputs]`. */
  readonly yHat: number;
  emitGather(program: ProgramBuilder): void;
  emitForward(program: ProgramBuilder): void;
  /** Adds the loss of the batch, and in training leaves the last delta; nothing is checked yet. */
  emitLoss(program: ProgramBuilder): void;
  /** delta of every layer and the gradients, after the loss. */
  emitBackward(program: ProgramBuilder): void;
  /** What layers keep of a batch beside gradients, once that is known to be finite. */
  emitStatistics(program: ProgramBuilder): void;
}

/**
 * @param mode in evaluation no array is placed for the way back
 * @param place called once per array, in a fixed order
 * @param weighted whether each example has a weight, which multiplies its loss and delta
 */
export function planNetwork(
  resolved: readonly ResolvedLayer[],
  lossKind: LossKind,
  rows: number,
  mode: 'training' | 'evaluation',
  shared: SharedArrays,
  place: Place,
  weighted = false,
): Plan {
  const ofRows = (columns: number): number => place(rows * columns * 4);
  const outputs = sizeOf(resolved.at(-1)!.outputShape);
  const xSource = place(SOURCE_BYTES);
  const ySource = place(SOURCE_BYTES);
  const weightSource = weighted ? place(SOURCE_BYTES) : 0;
  const weights = weighted ? ofRows(1) : 0;
  const x = ofRows(sizeOf(resolved[0]!.inputShape));
  const y = ofRows(outputs);
  const layers: PlannedLayer[] = [];
  for (const layer of resolved) layers.push(planLayer(layer, layers.at(-1) ?? null, x, rows, mode, shared, place));
  const last = layers.at(-1)!;
  const loss: LossLowering = lossLowerings[lossKind];
  const output = { ...last, y, columns: outputs, weights };

  return {
    rows,
    xSource,
    ySource,
    weightSource,
    weights,
    x,
    y,
    layers,
    yHat: last.a,

    emitGather(program) {
      program.independently(() => {
        program.gather(xSource, sizeOf(resolved[0]!.inputShape), x);
        program.gather(ySource, outputs, y);
        if (weighted) program.gather(weightSource, 1, weights);
      });
    },

    emitForward(program) {
      for (const layer of layers) {
        loweringOf(layer).forward(program, layer);
        layer.activation.forward(program, layer.z, layer.a, layer.outputs);
      }
    },

    emitLoss(program) {
      loss.emit(program, output);
    },

    emitBackward(program) {
      loss.finishDelta(program, output);
      for (let l = layers.length - 1; l >= 0; l--) {
        loweringOf(layers[l]!).backward(program, layers[l]!);
        const before = layers[l - 1];
        // dx of this layer is ∂L/∂a of the one before, written where its delta will be.
        before?.activation.backward(program, before.z, before.a, before.delta, before.outputs);
      }
    },

    emitStatistics(program) {
      for (const layer of layers) loweringOf(layer).updateStatistics?.(program, layer);
    },
  };
}

function planLayer(
  resolved: ResolvedLayer,
  before: PlannedLayer | null,
  batch: number,
  rows: number,
  mode: 'training' | 'evaluation',
  { layout, parameters, gradients }: SharedArrays,
  place: Place,
): PlannedLayer {
  const lowering: LayerLowering = layerLowerings[resolved.place.layer.kind];
  const outputs = sizeOf(resolved.outputShape);
  const activation: ActivationLowering = activationLowerings[resolved.activation ?? 'identity'];
  const { number } = resolved;
  const own = layout.parameters.filter(({ spec }) => resolved.parameters.includes(spec));
  const ofRows = (): number => place(rows * outputs * 4, number);
  const x = before?.a ?? batch;
  const dx = before?.delta ?? null;
  const shares = lowering.sharesX?.(resolved, mode) ?? false;
  const z = shares ? x : ofRows();
  const withoutDelta = mode === 'evaluation' ? 0 : null;
  return {
    resolved,
    mode,
    activation,
    outputs,
    x,
    z,
    a: activation.sharesZ ? z : ofRows(),
    delta: withoutDelta ?? (shares && dx !== null ? dx : ofRows()),
    dx,
    parameters: own.map(({ offset }) => parameters + offset),
    gradients: own.map(({ offset }) => gradients + offset),
    own: lowering.reserve?.(resolved, rows, mode, (bytes) => place(bytes, number)) ?? [],
  };
}

function loweringOf({ resolved }: PlannedLayer): LayerLowering {
  return layerLowerings[resolved.place.layer.kind];
}
