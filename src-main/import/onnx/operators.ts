import type { ActivationKind } from '../../../src-worker/experiment/document';
import { sizeOf, type FloatArray, type Shape } from '../../../src-worker/tensor';
import type { NetworkAssembler } from '../assembler';
import type { ForeignWindow } from '../foreign-window';
import { transpose } from '../../../src-worker/transpose';
import { Unsupported, type Operation } from '../unsupported';
import type { Constant } from './fold';
import type { OnnxNode } from './model';

/** A node on the way of the data: its first input is what comes in, the others are constants. */
export interface LayerNode extends Operation {
  readonly node: OnnxNode;
  /** From its second input on; null for one that is left out. */
  readonly constants: readonly (Constant | null)[];
  readonly opset: number;
}

type Read = (assembler: NetworkAssembler, at: LayerNode) => void;

/** Every operator of ONNX that the app has a layer for. Source: ONNX, Operators.md. */
export const OPERATORS: Readonly<Record<string, Read>> = {
  Gemm: (assembler, at) => {
    const { alpha, beta, transA } = {
      alpha: floatOf(at, 'alpha', 1),
      beta: floatOf(at, 'beta', 1),
      transA: integerOf(at, 'transA', 0),
    };
    if (alpha !== 1 || beta !== 1 || transA !== 0)
      throw new Unsupported(
        at,
        `has alpha ${alpha}, beta ${beta} and transA ${transA}`,
        'alpha 1, beta 1 and transA 0',
      );
    addDense(assembler, at, integerOf(at, 'transB', 0) !== 0, at.constants[1] ?? null);
  },
  MatMul: (assembler, at) => addDense(assembler, at, false, null),
  Add: (assembler, at) => assembler.addBias(at, perUnit(at, constantOf(at, 0, 'a constant'), assembler.shape)),

  Conv: (assembler, at) => {
    const W = constantOf(at, 0, 'constant filters');
    const [filters = 0, , height = 1, width = 1] = W.shape;
    if (W.shape.length !== 4)
      throw new Unsupported(at, `slides along ${W.shape.length - 2} axes`, 'convolutions of images, along two');
    const groups = integerOf(at, 'group', 1);
    if (groups !== 1) throw new Unsupported(at, `has ${groups} groups`, 'filters over all channels');
    assembler.conv2d(at, W.values, at.constants[1]?.values ?? null, filters, windowOf(at, [height, width]));
  },
  MaxPool: (assembler, at) => assembler.pool(at, 'max-pool2d', windowOf(at)),
  AveragePool: (assembler, at) => assembler.pool(at, 'avg-pool2d', windowOf(at)),
  GlobalAveragePool: (assembler, at) => assembler.globalAverage(at),

  BatchNormalization: (assembler, at) => {
    if (integerOf(at, 'training_mode', 0) !== 0)
      throw new Unsupported(at, 'is in training mode', 'a model exported for inference');
    const [gamma, beta, mean, variance] = [0, 1, 2, 3].map((n) => constantOf(at, n, 'constant statistics').values) as [
      FloatArray,
      FloatArray,
      FloatArray,
      FloatArray,
    ];
    assembler.batchNorm(at, {
      gamma,
      beta,
      mean,
      variance,
      epsilon: shortOf(floatOf(at, 'epsilon', 1e-5)),
      decay: shortOf(floatOf(at, 'momentum', 0.9)),
    });
  },
  Dropout: (assembler, at) => assembler.dropout(at, shortOf(at.constants[0]?.values[0] ?? floatOf(at, 'ratio', 0.5))),

  Flatten: (assembler, at) => {
    if (integerOf(at, 'axis', 1) !== 1)
      throw new Unsupported(at, `flattens from axis ${integerOf(at, 'axis', 1)} on`, 'axis 1');
    assembler.flatten(at, 'channels-first');
  },
  Reshape: (assembler, at) => {
    // The first size is the batch's, whatever it says.
    const [, ...wanted] = constantOf(at, 0, 'a constant shape').values;
    const known = wanted.map((size, axis) => (size === 0 ? (assembler.shape[axis] ?? 0) : size));
    const rest = known.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
    const shape = known.map((size) => (size === -1 ? sizeOf(assembler.shape) / rest : size));
    if (shape.length === 1 && shape[0] === sizeOf(assembler.shape)) assembler.flatten(at, 'channels-first');
    else assembler.unflatten(at, shape);
  },
  /** Behind a global average: `[batch, channels, 1, 1]` becomes `[batch, channels]`. */
  Squeeze: (assembler, at) => {
    if (assembler.shape.slice(1).some((size) => size !== 1))
      throw new Unsupported(at, 'takes away axes of an image', 'it behind a global average');
    assembler.flatten(at, 'channels-first');
  },
  Identity: () => undefined,
  /** PyTorch puts one in front of every average, mostly of nothing. */
  Pad: (_assembler, at) => {
    const pads = listOf(at, 'pads') ?? at.constants[0]?.values ?? [NaN];
    if (pads.some((size) => size !== 0))
      throw new Unsupported(at, 'pads its image', 'padding as part of a convolution');
  },
  Cast: (_assembler, at) => {
    const to = integerOf(at, 'to', FLOAT);
    if (to !== FLOAT && to !== FLOAT16 && to !== DOUBLE)
      throw new Unsupported(at, `makes other numbers than floats`, 'floats throughout');
  },

  Relu: activation('relu'),
  Sigmoid: activation('sigmoid'),
  Tanh: activation('tanh'),
  LeakyRelu: activation('leaky-relu', ['alpha', 0.01, 0.01]),
  Elu: activation('elu', ['alpha', 1, 1]),
  Gelu: (assembler, at) => {
    const approximate = at.node.attributes.get('approximate')?.text ?? 'none';
    if (approximate !== 'none') throw new Unsupported(at, `is approximated by ${approximate}`, 'the exact one');
    assembler.activation(at, 'gelu');
  },
  Softmax: (assembler, at) => {
    const axis = integerOf(at, 'axis', at.opset < 13 ? 1 : -1);
    if (axis !== -1 && axis !== assembler.shape.length)
      throw new Unsupported(at, `goes along axis ${axis}`, 'the axis of the outputs');
    assembler.activation(at, 'softmax');
  },
};

const FLOAT = 1;
const FLOAT16 = 10;
const DOUBLE = 11;

/** An activation that has at most one number, which must be the app's. */
function activation(
  kind: ActivationKind,
  constant?: readonly [attribute: string, otherwise: number, wanted: number],
): Read {
  return (assembler, at) => {
    if (constant !== undefined) {
      const [attribute, otherwise, wanted] = constant;
      const found = shortOf(floatOf(at, attribute, otherwise));
      if (found !== wanted) throw new Unsupported(at, `has ${attribute} ${found}`, `${attribute} ${wanted}`);
    }
    assembler.activation(at, kind);
  };
}

function addDense(assembler: NetworkAssembler, at: LayerNode, transposed: boolean, b: Constant | null): void {
  const { shape, values } = constantOf(at, 0, 'constant weights');
  if (shape.length !== 2) throw new Unsupported(at, `has weights of ${shape.length} axes`, 'weights of two');
  const units = shape[transposed ? 0 : 1]!;
  const given = b === null ? null : perUnit(at, b, [units]);
  const bias = given?.length === 1 ? new Float32Array(units).fill(given[0]!) : given;
  assembler.dense(at, transposed ? values : transpose(values, shape, [1, 0]), bias, units);
}

/**
 * What is added to every example `[units]`, or image `[channels, height, width]`: one number, or one for each unit or channel. Arrays are
 * spread from their last axis on, so that `[channels]` behind a convolution would go along the width.
 */
function perUnit(at: LayerNode, { shape, values }: Constant, output: Shape): FloatArray {
  const aligned = [...Array.from({ length: output.length + 1 - shape.length }, () => 1), ...shape];
  const spread = aligned.map((size, axis) => size === 1 || (axis === 1 && size === output[0]));
  if (aligned.length === output.length + 1 && spread.every(Boolean)) return values;
  throw new Unsupported(
    at,
    `adds an array of [${shape.join(', ')}] to [${output.join(', ')}]`,
    'one number for each unit or channel, or one for all',
  );
}

function windowOf(at: LayerNode, size?: readonly [number, number]): ForeignWindow {
  const kernel = listOf(at, 'kernel_shape') ?? size ?? [];
  if (kernel.length !== 2)
    throw new Unsupported(at, `slides along ${kernel.length} axes`, 'windows over images, along two');
  const dilations = listOf(at, 'dilations') ?? [1, 1];
  if (dilations.some((step) => step !== 1))
    throw new Unsupported(at, `has dilations ${dilations.join(', ')}`, 'dilations of 1');
  if (integerOf(at, 'ceil_mode', 0) !== 0) throw new Unsupported(at, 'rounds its size up', 'ceil_mode 0');
  const stride = listOf(at, 'strides') ?? [1, 1];
  const pads = listOf(at, 'pads') ?? [0, 0, 0, 0];
  const auto = at.node.attributes.get('auto_pad')?.text ?? 'NOTSET';
  if (auto === 'SAME_LOWER') throw new Unsupported(at, 'pads more above than below', 'SAME_UPPER');
  if (stride.length !== 2 || pads.length !== 4)
    throw new Unsupported(at, 'has strides or pads of other axes', 'two strides and four pads');
  return {
    kernel: kernel as [number, number],
    stride: stride as [number, number],
    pads: auto === 'SAME_UPPER' ? 'same' : auto === 'VALID' ? [0, 0, 0, 0] : (pads as [number, number, number, number]),
  };
}

function constantOf(at: LayerNode, index: number, what: string): Constant {
  const found = at.constants[index];
  if (!found) throw new Unsupported(at, `computes what should be ${what}`, what);
  return found;
}

function floatOf({ node }: LayerNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.float ?? otherwise;
}

function integerOf({ node }: LayerNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.integer ?? otherwise;
}

function listOf({ node }: LayerNode, name: string): readonly number[] | null {
  return node.attributes.get(name)?.integers ?? null;
}

/** The decimal that was meant: 0.01 where float32 says 0.009999999776. */
function shortOf(value: number): number {
  return Number(value.toPrecision(7));
}
