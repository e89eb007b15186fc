import type { ModelSnapshot, Preprocessing } from '../../src-worker/api';
import type { ActivationKind, LayerKind } from '../../src-worker/experiment/document';
import type { LayerPlace } from '../../src-worker/layers';
import { channelSizes } from '../../src-worker/layers/batch-norm';
import { conv2dWindow } from '../../src-worker/layers/conv2d';
import { poolWindow } from '../../src-worker/layers/pool-window';
import type { Window } from '../../src-worker/layers/window';
import { resolveNetwork, type ResolvedLayer } from '../../src-worker/shape';
import { sizeOf, type NamedTensor, type Shape } from '../../src-worker/tensor';

/**
 * A model on its way to code: what every language needs to know of it and no more. Steps are numbered like the layers of the
 * document, so that W1 in the code is W1 on the screen; layers that are switched off have left no step.
 */
export interface Program {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly inputShape: Shape;
  readonly steps: readonly Step[];
  /** Numbers that one example gives: the length of ŷ. */
  readonly outputs: number;
  /** Rank above 1 where the last layer gives an image, which is then flattened. */
  readonly outputShape: Shape;
}

/** A float32 array of a step, row-major. */
export interface Weights {
  /** `W1`, `b1`, `gamma2`. */
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

interface StepBase {
  /** The layer's number, from 1. */
  readonly number: number;
  /** The number of the step before it, 0 for the input: it takes a{from} and gives a{number}. */
  readonly from: number;
  /** Without the batch. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Of z; null for a layer that has none. */
  readonly activation: ActivationKind | null;
}

/** A window with the zeros on all four sides. */
export interface PaddedWindow extends Window {
  readonly padBottom: number;
  readonly padRight: number;
}

/** What each kind of layer brings along. A further kind does not compile before every language has a line for it. */
interface StepParts {
  dense: { readonly W: Weights; readonly b: Weights };
  conv2d: { readonly W: Weights; readonly b: Weights; readonly window: PaddedWindow };
  'max-pool2d': { readonly window: PaddedWindow };
  'avg-pool2d': { readonly window: PaddedWindow };
  flatten: object;
  dropout: { readonly rate: number };
  'batch-norm': {
    readonly gamma: Weights;
    readonly beta: Weights;
    readonly mean: Weights;
    readonly variance: Weights;
    readonly decay: number;
    readonly epsilon: number;
    readonly channels: number;
    /** Numbers of each channel in one example. */
    readonly positions: number;
  };
}

export type StepOf<K extends LayerKind> = StepBase & { readonly kind: K } & StepParts[K];
export type Step = { [K in LayerKind]: StepOf<K> }[LayerKind];

/** What a language does with each kind of layer: `satisfies StepRegistry<…>`. */
export type StepRegistry<T> = { readonly [K in LayerKind]: (step: StepOf<K>) => T };

/** Looks the step's own entry up. */
export function forStep<T>(registry: StepRegistry<T>, step: Step): T {
  const entry = registry[step.kind] as (step: Step) => T; // the entry of its own kind
  return entry(step);
}

/** The arrays of a step in the order of its layer. */
export function weightsOf(step: Step): readonly Weights[] {
  return forStep<readonly Weights[]>(weightsByKind, step);
}

const weightsByKind = {
  dense: ({ W, b }) => [W, b],
  conv2d: ({ W, b }) => [W, b],
  'max-pool2d': () => [],
  'avg-pool2d': () => [],
  flatten: () => [],
  dropout: () => [],
  'batch-norm': ({ gamma, beta, mean, variance }) => [gamma, beta, mean, variance],
} satisfies StepRegistry<readonly Weights[]>;

/** @throws ProblemError where the network does not resolve, which `checkModel` has ruled out */
export function programOf({ experiment, preprocessing, state }: ModelSnapshot): Program {
  const { inputShape } = preprocessing;
  const tensors = new Map(state.parameters.map((tensor) => [tensor.name, tensor]));
  let from = 0;
  const steps = resolveNetwork(experiment.network, inputShape).map((layer): Step => {
    const step = stepOf(layer, from, tensors);
    from = layer.number;
    return step;
  });
  const outputShape = steps.at(-1)!.outputShape;
  return { name: experiment.name, preprocessing, inputShape, steps, outputs: sizeOf(outputShape), outputShape };
}

function stepOf(layer: ResolvedLayer, from: number, tensors: ReadonlyMap<string, NamedTensor>): Step {
  const { number, inputShape, outputShape, activation, definition, place } = layer;
  const weights = (name: string): Weights => {
    const { shape, values } = tensors.get(`${name}${number}`)!;
    const narrow = values instanceof Float32Array ? values : Float32Array.from(values);
    return { name: `${name}${number}`, shape, values: narrow };
  };
  const parts: { readonly [K in LayerKind]: (place: LayerPlace<K>) => StepParts[K] } = {
    dense: () => ({ W: weights('W'), b: weights('b') }),
    conv2d: (at) => ({ W: weights('W'), b: weights('b'), window: padded(conv2dWindow(at)) }),
    'max-pool2d': (at) => ({ window: padded(poolWindow(at)) }),
    'avg-pool2d': (at) => ({ window: padded(poolWindow(at)) }),
    flatten: () => ({}),
    dropout: (at) => ({ rate: at.layer.rate }),
    'batch-norm': ({ layer: { decay, epsilon } }) => ({
      ...{ gamma: weights('gamma'), beta: weights('beta'), mean: weights('mean'), variance: weights('variance') },
      ...{ decay, epsilon, ...channelSizes(inputShape) },
    }),
  };
  const partsOf = parts[definition.kind] as (place: LayerPlace) => object; // the place of its own kind
  const base: StepBase = { number, from, inputShape, outputShape, activation };
  return { ...base, kind: definition.kind, ...partsOf(place) } as Step;
}

/** Zeros below and to the right: as many as the last window reaches over; what no window reaches needs none. */
function padded(window: Window): PaddedWindow {
  const { height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft } = window;
  const padBottom = Math.max(0, (window.outHeight - 1) * strideHeight + kernelHeight - height - padTop);
  const padRight = Math.max(0, (window.outWidth - 1) * strideWidth + kernelWidth - width - padLeft);
  return { ...window, padBottom, padRight };
}

export function isImage(shape: Shape): boolean {
  return shape.length === 3;
}

/** `2 × 28 × 28`. */
export function sizesOf(shape: Shape): string {
  return shape.join(' × ');
}
