import type { ActivationKind } from '../../../src-worker/experiment/document';
import { sizeOf, type FloatArray, type Shape } from '../../../src-worker/tensor';
import type { NetworkAssembler } from '../assembler';
import type { FileTensor } from '../describe-tensor';
import type { ForeignWindow } from '../foreign-window';
import { transpose } from '../../../src-worker/transpose';
import { Unsupported, type Operation } from '../unsupported';

/** A layer of Keras or TensorFlow.js with its arrays in the order in which they are kept. */
export interface KerasFileLayer extends Operation {
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly FileTensor[];
}

/** What goes from layer to layer besides the shape. */
export interface Walk {
  readonly assembler: NetworkAssembler;
  /** Behind a `Permute` to channels, height, width, which only a flatten may follow. */
  permuted: boolean;
  /** Zeros that a `ZeroPadding2D` put around the image for the convolution behind it. */
  zeros: readonly [top: number, left: number, below: number, right: number] | null;
}

type Read = (walk: Walk, layer: KerasFileLayer) => void;

/** Every layer of Keras that the app has one for. Source: Keras 3, "Layers API"; names of Keras 2 and TensorFlow.js beside them. */
export const KERAS_LAYERS: Readonly<Record<string, Read>> = {
  InputLayer: () => undefined,

  Dense: ({ assembler }, layer) => {
    const [kernel, bias] = arraysOf(layer, ['kernel', ...optional(layer, 'use_bias', 'bias')]);
    const [, units = 0] = kernel!.shape;
    if (kernel!.shape.length !== 2)
      throw new Unsupported(layer, `has a kernel of ${kernel!.shape.length} axes`, 'one of two');
    assembler.dense(layer, transpose(kernel!.values, kernel!.shape, [1, 0]), bias?.values ?? null, units);
    activate(assembler, layer);
  },

  Conv2D: (walk, layer) => {
    channelsLastOnly(layer);
    const [kernel, bias] = arraysOf(layer, ['kernel', ...optional(layer, 'use_bias', 'bias')]);
    const [height = 1, width = 1, , filters = 0] = kernel!.shape;
    if (kernel!.shape.length !== 4)
      throw new Unsupported(layer, `has a kernel of ${kernel!.shape.length} axes`, 'one of four');
    if (pairOf(layer, 'dilation_rate', 1).some((step) => step !== 1))
      throw new Unsupported(layer, 'is dilated', 'a dilation rate of 1');
    if ((layer.config['groups'] ?? 1) !== 1) throw new Unsupported(layer, 'has groups', 'filters over all channels');
    const padding = textOf(layer, 'padding', 'valid');
    const pads = walk.zeros;
    if (pads !== null && padding !== 'valid')
      throw new Unsupported(layer, 'pads an image that is padded already', 'one of both');
    walk.zeros = null;
    const window = {
      kernel: [height, width] as const,
      stride: pairOf(layer, 'strides', 1),
      pads: pads ?? padsOf(layer, padding),
    };
    const W = transpose(kernel!.values, kernel!.shape, [3, 2, 0, 1]);
    walk.assembler.conv2d(layer, W, bias?.values ?? null, filters, window);
    activate(walk.assembler, layer);
  },

  ZeroPadding2D: (walk, layer) => {
    channelsLastOnly(layer);
    if (walk.zeros !== null)
      throw new Unsupported(layer, 'stands behind another padding', 'one in front of a convolution');
    walk.zeros = zerosOf(layer);
  },

  MaxPooling2D: ({ assembler }, layer) => assembler.pool(layer, 'max-pool2d', poolOf(layer)),
  AveragePooling2D: ({ assembler }, layer) => assembler.pool(layer, 'avg-pool2d', poolOf(layer)),
  GlobalAveragePooling2D: ({ assembler }, layer) => {
    channelsLastOnly(layer);
    assembler.globalAverage(layer);
    if (layer.config['keepdims'] !== true) assembler.flatten(layer, 'channels-first');
  },

  Permute: (walk, layer) => {
    const dims = listOf(layer, 'dims');
    if (dims?.join() !== '3,1,2' || walk.assembler.shape.length !== 3)
      throw new Unsupported(layer, 'exchanges axes', 'channels to the front, before a flatten layer');
    walk.permuted = true;
  },
  Flatten: (walk, layer) => {
    walk.assembler.flatten(layer, walk.permuted ? 'channels-first' : 'channels-last');
    walk.permuted = false;
  },
  Reshape: ({ assembler }, layer) => {
    const wanted = listOf(layer, 'target_shape') ?? [];
    const size = sizeOf(assembler.shape);
    const known = wanted.filter((each) => each !== -1).reduce((product, each) => product * each, 1);
    const [height = 1, width = 1, channels = 1, ...more] = wanted.map((each) => (each === -1 ? size / known : each));
    if (wanted.length === 1 && height === size) return assembler.flatten(layer, 'channels-last');
    const raw = assembler.described.length === 0 && assembler.shape.length === 1;
    // A row that comes in is in Keras’s order, which with one channel is ours.
    if (wanted.length !== 3 || more.length > 0 || (raw && channels !== 1))
      throw new Unsupported(layer, `makes [${wanted.join(', ')}]`, 'a row of all numbers, or the image that it was');
    assembler.unflatten(layer, [channels, height, width]);
  },

  BatchNormalization: ({ assembler }, layer) => {
    const axis = [layer.config['axis'] ?? -1].flat()[0];
    if (axis !== -1 && axis !== assembler.shape.length)
      throw new Unsupported(layer, `goes along axis ${String(axis)}`, 'the last axis');
    const names = [
      ...optional(layer, 'scale', 'gamma'),
      ...optional(layer, 'center', 'beta'),
      'moving_mean',
      'moving_variance',
    ];
    const found = new Map(arraysOf(layer, names).map((array, n) => [names[n]!, array.values]));
    const mean = found.get('moving_mean')!;
    assembler.batchNorm(layer, {
      gamma: found.get('gamma') ?? new Float32Array(mean.length).fill(1),
      beta: found.get('beta') ?? new Float32Array(mean.length),
      mean,
      variance: found.get('moving_variance')!,
      epsilon: numberOf(layer, 'epsilon', 1e-3),
      decay: numberOf(layer, 'momentum', 0.99),
    });
  },
  Dropout: ({ assembler }, layer) => assembler.dropout(layer, numberOf(layer, 'rate', 0.5)),

  Activation: ({ assembler }, layer) => activate(assembler, layer),
  ReLU: ({ assembler }, layer) => {
    const plain = [
      layer.config['max_value'] ?? null,
      layer.config['negative_slope'] ?? 0,
      layer.config['threshold'] ?? 0,
    ];
    if (plain.join() !== [null, 0, 0].join()) throw new Unsupported(layer, 'is bent more than once', 'max(0, z)');
    assembler.activation(layer, 'relu');
  },
  LeakyReLU: ({ assembler }, layer) => {
    const slope = numberOf(layer, 'negative_slope', numberOf(layer, 'alpha', 0.3));
    if (Math.fround(slope) !== Math.fround(0.01))
      throw new Unsupported(layer, `has the slope ${slope}`, 'the slope 0.01');
    assembler.activation(layer, 'leaky-relu');
  },
  ELU: ({ assembler }, layer) => {
    if (numberOf(layer, 'alpha', 1) !== 1)
      throw new Unsupported(layer, `has alpha ${numberOf(layer, 'alpha', 1)}`, 'alpha 1');
    assembler.activation(layer, 'elu');
  },
  Softmax: ({ assembler }, layer) => assembler.activation(layer, 'softmax'),
};

const ACTIVATIONS: Readonly<Record<string, ActivationKind>> = {
  ...{
    linear: 'identity',
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    relu: 'relu',
    elu: 'elu',
    gelu: 'gelu',
    softmax: 'softmax',
  },
};

function activate(assembler: NetworkAssembler, layer: KerasFileLayer): void {
  const given = layer.config['activation'] ?? 'linear';
  const name = typeof given === 'string' ? given : String((given as { class_name?: unknown }).class_name);
  const kind = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (kind === undefined)
    throw new Unsupported(layer, `has the activation ${name.slice(0, 50)}`, Object.keys(ACTIVATIONS).join(', '));
  if (kind === 'softmax' && assembler.shape.length !== 1)
    throw new Unsupported(layer, 'takes softmax along the channels of an image', 'softmax over a row');
  assembler.activation(layer, kind);
}

function arraysOf(layer: KerasFileLayer, names: readonly string[]): readonly { shape: Shape; values: FloatArray }[] {
  const arrays = layer.weights.flatMap(({ shape, values }) => (values === null ? [] : [{ shape, values }]));
  if (arrays.length !== names.length) throw new Unsupported(layer, `has ${arrays.length} arrays`, names.join(', '));
  return arrays;
}

function optional({ config }: KerasFileLayer, flag: string, name: string): readonly string[] {
  return config[flag] === false ? [] : [name];
}

function poolOf(layer: KerasFileLayer): ForeignWindow {
  channelsLastOnly(layer);
  const kernel = pairOf(layer, 'pool_size', 2);
  const stride = (layer.config['strides'] ?? null) === null ? kernel : pairOf(layer, 'strides', 2);
  return { kernel, stride, pads: padsOf(layer, textOf(layer, 'padding', 'valid')) };
}

function padsOf(layer: KerasFileLayer, padding: string): ForeignWindow['pads'] {
  if (padding === 'same') return 'same';
  if (padding !== 'valid') throw new Unsupported(layer, `pads by ${padding.slice(0, 50)}`, 'valid or same');
  return [0, 0, 0, 0];
}

/** One number for all sides, one for each axis, or two for each. */
function zerosOf(layer: KerasFileLayer): readonly [number, number, number, number] {
  const given = layer.config['padding'] ?? 1;
  const [first, second] = Array.isArray(given) ? (given as unknown[]) : [given, given];
  const both = (each: unknown): unknown[] => (Array.isArray(each) ? (each as unknown[]) : [each, each]);
  const [top, below] = both(first);
  const [left, right] = both(second);
  const numbers = [top, left, below, right].map(Number);
  if (!numbers.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new Unsupported(layer, 'has no sizes', 'whole numbers');
  return numbers as [number, number, number, number];
}

function channelsLastOnly(layer: KerasFileLayer): void {
  const format = textOf(layer, 'data_format', 'channels_last');
  if (format !== 'channels_last')
    throw new Unsupported(layer, `is of data format ${format.slice(0, 50)}`, 'channels_last');
}

function pairOf(layer: KerasFileLayer, name: string, otherwise: number): readonly [number, number] {
  const given = layer.config[name] ?? otherwise;
  const pair = Array.isArray(given) ? (given as unknown[]) : [given, given];
  const numbers = pair.map(Number);
  if (numbers.length !== 2 || !numbers.every((size) => Number.isSafeInteger(size) && size >= 1))
    throw new Unsupported(layer, `has no two whole numbers for ${name}`, 'two');
  return numbers as [number, number];
}

function listOf({ config }: KerasFileLayer, name: string): readonly number[] | null {
  const given = config[name];
  return Array.isArray(given) && given.length <= 8 ? given.map(Number) : null;
}

function numberOf({ config }: KerasFileLayer, name: string, otherwise: number): number {
  const given = config[name] ?? otherwise;
  return typeof given === 'number' ? given : NaN;
}

function textOf({ config }: KerasFileLayer, name: string, otherwise: string): string {
  const given = config[name] ?? otherwise;
  return typeof given === 'string' ? given : '';
}
