import type { ActivationKind, LayerKind } from '../../../src-worker/experiment/document';
import type { LayerOf } from '../../../src-worker/layers/layer';
import type { LayerPlace } from '../../../src-worker/layers';
import { conv2dWindow } from '../../../src-worker/layers/conv2d';
import { poolWindow, type PoolPlace } from '../../../src-worker/layers/pool-window';
import type { Window } from '../../../src-worker/layers/window';
import type { ResolvedLayer } from '../../../src-worker/shape';
import type { NamedTensor, Shape } from '../../../src-worker/tensor';
import { addDynamicConv2d, addDynamicDense } from './dynamic';
import { float, type GraphBuilder } from './graph';
import { weightTypes, type WeightType } from './weights';

/** A layer's place in the graph: what comes in, and its own arrays by the name they have in the network. */
interface LayerNode {
  readonly layer: ResolvedLayer;
  readonly input: string;
  readonly parameters: ReadonlyMap<string, NamedTensor>;
  /** How W is stored; everything is computed in float32, but for layers in bytes. */
  readonly weights: WeightType;
}

type EmitLayer = (graph: GraphBuilder, node: LayerNode) => string;
/** `shape` is that of one example of z. */
type EmitActivation = (graph: GraphBuilder, z: string, wanted: string, shape: Shape) => string;

/** Every activation as operators; z is `[batch, …shape]`. */
const activations = {
  identity: (_graph, z) => z,
  sigmoid: (graph, z, wanted) => graph.add('Sigmoid', wanted, [z]),
  tanh: (graph, z, wanted) => graph.add('Tanh', wanted, [z]),
  relu: (graph, z, wanted) => graph.add('Relu', wanted, [z]),
  'leaky-relu': (graph, z, wanted) => graph.add('LeakyRelu', wanted, [z], { alpha: float(0.01) }),
  elu: (graph, z, wanted) => graph.add('Elu', wanted, [z], { alpha: float(1) }),
  gelu: addGelu,
  softmax: (graph, z, wanted, shape) => {
    if (shape.length === 1) return graph.add('Softmax', wanted, [z], { axis: 1 });
    // Over all of an example's numbers: the operator goes along one axis only.
    const flat = graph.add('Flatten', `${wanted}/flat`, [z], { axis: 1 });
    const row = graph.add('Softmax', `${wanted}/row`, [flat], { axis: 1 });
    const dims = graph.constant(`${wanted}/shape`, [shape.length + 1], [-1n, ...shape.map(BigInt)]);
    return graph.add('Reshape', wanted, [row, dims]);
  },
} satisfies Readonly<Record<ActivationKind, EmitActivation>>;

/** a = (½ z) (1 + erf(z/√2)); the operator Gelu exists only from opset 20 on. */
function addGelu(graph: GraphBuilder, z: string, wanted: string): string {
  const number = (name: string, value: number): string =>
    graph.constant(`${wanted}/${name}`, [], Float32Array.of(value));
  const erf = graph.add('Erf', `${wanted}/erf`, [
    graph.add('Mul', `${wanted}/scaled`, [z, number('root-half', Math.SQRT1_2)]),
  ]);
  const half = graph.add('Mul', `${wanted}/half`, [z, number('one-half', 0.5)]);
  return graph.add('Mul', wanted, [half, graph.add('Add', `${wanted}/shifted`, [erf, number('one', 1)])]);
}

function addPool(opType: 'MaxPool' | 'AveragePool'): EmitLayer {
  return (graph, { layer, input }) => {
    const window = poolWindow(layer.place as PoolPlace);
    return graph.add(opType, `layer${layer.number}/a`, [input], {
      kernel_shape: [window.kernelHeight, window.kernelWidth],
      strides: [window.strideHeight, window.strideWidth],
    });
  };
}

/** Zeros above, left, below and right; what lies outside of all windows is a negative number below, which is no zero to add. */
function padsOf(window: Window): number[] {
  const { height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, padTop, padLeft } = window;
  const below = (window.outHeight - 1) * strideHeight + kernelHeight - height - padTop;
  const right = (window.outWidth - 1) * strideWidth + kernelWidth - width - padLeft;
  return [padTop, padLeft, Math.max(0, below), Math.max(0, right)];
}

/** Every layer as operators, up to z; returns the name of z. */
const layers = {
  /** z = x Wᵀ + b, W `[units, inputs]`. */
  dense: (graph, { layer, input, parameters, weights }) => {
    const prefix = `layer${layer.number}`;
    const flat = layer.inputShape.length > 1 ? graph.add('Flatten', `${prefix}/flat`, [input], { axis: 1 }) : input;
    const [wName, bName] = [`W${layer.number}`, `b${layer.number}`];
    if (weights === 'int8-dynamic') {
      return addDynamicDense(graph, { prefix, input: flat, W: parameters.get(wName)!, b: parameters.get(bName)! });
    }
    const W = weightTypes[weights](graph, wName, parameters.get(wName)!);
    const b = constantOf(graph, parameters, bName);
    return graph.add('Gemm', `${prefix}/z`, [flat, W, b], { transB: 1 });
  },
  /** Nothing happens outside of training. */
  dropout: (_graph, { input }) => input,

  /** Channels come second in `[batch, channels, …]`, as the operator wants them. */
  'batch-norm': (graph, { layer, input, parameters }) => {
    const { epsilon } = layer.place.layer as LayerOf<'batch-norm'>;
    const arrays = layer.parameters.map(({ fullName }) => constantOf(graph, parameters, fullName));
    return graph.add('BatchNormalization', `layer${layer.number}/z`, [input, ...arrays], { epsilon: float(epsilon) });
  },

  conv2d: (graph, { layer, input, parameters, weights }) => {
    const window = conv2dWindow(layer.place as LayerPlace<'conv2d'>);
    const attributes = {
      kernel_shape: [window.kernelHeight, window.kernelWidth],
      strides: [window.strideHeight, window.strideWidth],
      pads: padsOf(window),
    };
    const [prefix, wName, bName] = [`layer${layer.number}`, `W${layer.number}`, `b${layer.number}`];
    if (weights === 'int8-dynamic') {
      const arrays = { W: parameters.get(wName)!, b: parameters.get(bName)! };
      return addDynamicConv2d(graph, { prefix, input, ...arrays }, attributes);
    }
    const W = weightTypes[weights](graph, wName, parameters.get(wName)!);
    const b = constantOf(graph, parameters, bName);
    return graph.add('Conv', `${prefix}/z`, [input, W, b], attributes);
  },

  'max-pool2d': addPool('MaxPool'),
  'avg-pool2d': addPool('AveragePool'),

  flatten: (graph, { layer, input }) => graph.add('Flatten', `layer${layer.number}/a`, [input], { axis: 1 }),
} satisfies Readonly<Record<LayerKind, EmitLayer>>;

function constantOf(graph: GraphBuilder, parameters: LayerNode['parameters'], name: string): string {
  const { shape, values } = parameters.get(name)!;
  return graph.constant(name, shape, values instanceof Float32Array ? values : Float32Array.from(values));
}

/** Adds a layer and its activation; returns the name of its output a. */
export function addLayer(graph: GraphBuilder, node: LayerNode): string {
  const { number, definition, activation, outputShape } = node.layer;
  const z = layers[definition.kind](graph, node);
  return activation === null ? z : activations[activation](graph, z, `layer${number}/a`, outputShape);
}
