import type { ActivationKind, LayerKind } from '../../../src-worker/experiment/document';
import type { LayerOf } from '../../../src-worker/layers/layer';
import type { LayerPlace } from '../../../src-worker/layers';
import { conv2dWindow } from '../../../src-worker/layers/conv2d';
import { poolWindow, type PoolPlace } from '../../../src-worker/layers/pool-window';
import { resolveNetwork, type ResolvedLayer } from '../../../src-worker/shape';
import type { ModelSnapshot } from '../../../src-worker/api';
import type { FloatArray, NamedTensor, Shape } from '../../../src-worker/tensor';
import { transpose } from '../../../src-worker/transpose';

/** A layer in the words of Keras, which TensorFlow.js shares but for a few. */
export interface KerasLayer {
  readonly className: string;
  /** As Keras would name it itself: `dense`, `dense_1`. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** In the order in which Keras keeps them. */
  readonly weights: readonly KerasWeight[];
}

export interface KerasWeight {
  /** `kernel`, `bias`, `gamma`. */
  readonly name: string;
  readonly shape: Shape;
  readonly values: FloatArray;
}

/** Where the two differ. */
export interface Dialect {
  /** What the slope of LeakyReLU below zero is called. */
  readonly slope: 'negative_slope' | 'alpha';
}

type Unnamed = Omit<KerasLayer, 'name'>;
type Arrays = ReadonlyMap<string, NamedTensor>;
type Emit = (layer: ResolvedLayer, arrays: Arrays, dialect: Dialect) => readonly Unnamed[];

const plain = (className: string, config: KerasLayer['config'] = {}): Unnamed => ({ className, config, weights: [] });

/** `[channels, height, width]` as `[height, width, channels]`, which Keras computes everywhere. */
export function channelsLast(shape: Shape): Shape {
  return shape.length === 3 ? [shape[1]!, shape[2]!, shape[0]!] : shape;
}

/** To a row in the order of channels, height, width, so that weights behind it stay as they are. */
function flatten(shape: Shape): readonly Unnamed[] {
  if (shape.length === 1) return [];
  const [channels, height, width] = shape as readonly [number, number, number];
  // With one channel or one pixel both orders are the same.
  const permute = channels === 1 || height * width === 1 ? [] : [plain('Permute', { dims: [3, 1, 2] })];
  return [...permute, plain('Flatten', { data_format: 'channels_last' })];
}

const activations = {
  identity: () => [],
  sigmoid: () => [plain('Activation', { activation: 'sigmoid' })],
  tanh: () => [plain('Activation', { activation: 'tanh' })],
  relu: () => [plain('Activation', { activation: 'relu' })],
  'leaky-relu': (_shape, { slope }) => [plain('LeakyReLU', { [slope]: 0.01 })],
  elu: () => [plain('Activation', { activation: 'elu' })],
  gelu: () => [plain('Activation', { activation: 'gelu' })],
  /** Over all of an example's numbers, whatever their order; Keras goes along the channels. */
  softmax: (shape) => {
    const softmax = plain('Activation', { activation: 'softmax' });
    if (shape.length === 1) return [softmax];
    return [
      plain('Flatten', { data_format: 'channels_last' }),
      softmax,
      plain('Reshape', { target_shape: channelsLast(shape) }),
    ];
  },
} satisfies Readonly<Record<ActivationKind, (shape: Shape, dialect: Dialect) => readonly Unnamed[]>>;

function pool(className: string): Emit {
  return ({ place }) => {
    const { kernelHeight, kernelWidth, strideHeight, strideWidth } = poolWindow(place as PoolPlace);
    const size = { pool_size: [kernelHeight, kernelWidth], strides: [strideHeight, strideWidth] };
    return [plain(className, { ...size, padding: 'valid', data_format: 'channels_last' })];
  };
}

/** Every layer up to z. */
const layers = {
  dense: ({ number, inputShape }, arrays) => {
    const { shape, values } = arrays.get(`W${number}`)!;
    const [units = 0, inputs = 0] = shape;
    const kernel = { name: 'kernel', shape: [inputs, units], values: transpose(values, shape, [1, 0]) };
    const weights = [kernel, named('bias', arrays, `b${number}`)];
    const config = { units, activation: 'linear', use_bias: true };
    return [...flatten(inputShape), { className: 'Dense', config, weights }];
  },

  conv2d: ({ number, place }, arrays) => {
    const { padding } = (place as LayerPlace<'conv2d'>).layer;
    const window = conv2dWindow(place as LayerPlace<'conv2d'>);
    const { shape, values } = arrays.get(`W${number}`)!;
    const [filters = 0, channels = 0, height = 0, width = 0] = shape;
    const kernel = {
      ...{ name: 'kernel', shape: [height, width, channels, filters] },
      values: transpose(values, shape, [2, 3, 1, 0]),
    };
    const config = {
      ...{ filters, kernel_size: [height, width], strides: [window.strideHeight, window.strideWidth] },
      ...{ padding: padding === 'same' ? 'same' : 'valid', data_format: 'channels_last', dilation_rate: [1, 1] },
      ...{ activation: 'linear', use_bias: true },
    };
    const zeros = typeof padding === 'number' && padding > 0;
    const pads = {
      padding: [
        [padding, padding],
        [padding, padding],
      ],
      data_format: 'channels_last',
    };
    const conv = { className: 'Conv2D', config, weights: [kernel, named('bias', arrays, `b${number}`)] };
    return zeros ? [plain('ZeroPadding2D', pads), conv] : [conv];
  },

  'max-pool2d': pool('MaxPooling2D'),
  'avg-pool2d': pool('AveragePooling2D'),
  flatten: ({ inputShape }) => flatten(inputShape),
  dropout: ({ place }) => [plain('Dropout', { rate: (place.layer as LayerOf<'dropout'>).rate })],

  'batch-norm': ({ number, place }, arrays) => {
    const { decay, epsilon } = place.layer as LayerOf<'batch-norm'>;
    const weights = [
      named('gamma', arrays, `gamma${number}`),
      named('beta', arrays, `beta${number}`),
      named('moving_mean', arrays, `mean${number}`),
      named('moving_variance', arrays, `variance${number}`),
    ];
    const config = { axis: -1, momentum: decay, epsilon, center: true, scale: true };
    return [{ className: 'BatchNormalization', config, weights }];
  },
} satisfies Readonly<Record<LayerKind, Emit>>;

function named(name: string, arrays: Arrays, ours: string): KerasWeight {
  const { shape, values } = arrays.get(ours)!;
  return { name, shape, values };
}

/** The whole network as layers of Keras, from x to ŷ as a row. */
export function kerasLayers(
  { experiment, preprocessing, state }: ModelSnapshot,
  dialect: Dialect,
): readonly KerasLayer[] {
  const arrays: Arrays = new Map(state.parameters.map((tensor) => [tensor.name, tensor]));
  const resolved = resolveNetwork(experiment.network, preprocessing.inputShape);
  const last = resolved.at(-1)!;
  const unnamed = [
    ...resolved.flatMap((layer) => [
      ...layers[layer.definition.kind](layer, arrays, dialect),
      ...activations[layer.activation ?? 'identity'](layer.outputShape, dialect),
    ]),
    ...flatten(last.outputShape),
  ];
  const used = new Map<string, number>();
  return joinActivations(unnamed).map((layer) => {
    const base = snakeCase(layer.className);
    const before = used.get(base) ?? 0;
    used.set(base, before + 1);
    return { ...layer, name: before === 0 ? base : `${base}_${before}` };
  });
}

/** An activation that Keras knows by name is a word in the layer before it. */
function joinActivations(unnamed: readonly Unnamed[]): readonly Unnamed[] {
  const joined: Unnamed[] = [];
  for (const layer of unnamed) {
    const before = joined.at(-1);
    const takes = before !== undefined && before.config['activation'] === 'linear';
    if (layer.className !== 'Activation' || !takes) joined.push(layer);
    else joined[joined.length - 1] = { ...before, config: { ...before.config, ...layer.config } };
  }
  return joined;
}

/** As Keras does it: `BatchNormalization` is `batch_normalization`, `Conv2D` is `conv2d`. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
