import { sizeOf, type FloatArray, type Shape } from '../../../src-worker/tensor';
import { transpose } from '../../../src-worker/transpose';
import { Unsupported, type Operation } from '../unsupported';
import type { OnnxAttribute, OnnxNode } from './model';

/** An array that does not depend on the data. A size that is the batch's is −1. */
export interface Constant {
  readonly shape: Shape;
  readonly values: FloatArray;
}

/** A node among constants, with its attributes by name. */
export interface FoldNode extends Operation {
  readonly node: OnnxNode;
  /** Null for an input that is left out. */
  readonly inputs: readonly (Constant | null)[];
  readonly opset: number;
}

type Fold = (node: FoldNode) => Constant | null;

/** Shapes and the numbers that they are put together from are short; what is longer would grow with every node. */
const MOST_AXES = 16;
const MOST_JOINED = 1_000_000;

const reshaped = ({ values }: Constant, shape: Shape): Constant | null =>
  shape.length <= MOST_AXES && sizeOf(shape) === values.length ? { shape, values } : null;

/** Operators on constants: how exporters wrap weights, and how they compute the shape of a flatten. Null where it cannot be said. */
export const FOLDS: Readonly<Record<string, Fold>> = {
  Identity: ({ inputs: [x] }) => x ?? null,
  /** Narrowing would round; nobody stores a constant wider than he uses it. */
  Cast: ({ inputs: [x] }) => x ?? null,
  Transpose: ({ node, inputs: [x] }) => {
    if (!x) return null;
    const order = node.attributes.get('perm')?.integers ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
    const sorted = order.toSorted((a, b) => a - b);
    if (order.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) return null;
    return { shape: order.map((axis) => x.shape[axis]!), values: transpose(x.values, x.shape, order) };
  },
  Reshape: ({ inputs: [x, shape] }) => {
    if (!x || !shape || shape.values.length > MOST_AXES) return null;
    const wanted = [...shape.values].map((size, axis) => (size === 0 ? (x.shape[axis] ?? 0) : size));
    const rest = wanted.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
    return reshaped(
      x,
      wanted.map((size) => (size === -1 ? x.values.length / rest : size)),
    );
  },
  Unsqueeze: (node) => {
    const [x] = node.inputs;
    const axes = axesOf(node);
    if (!x || axes === null || axes.length > MOST_AXES) return null;
    const rank = x.shape.length + axes.length;
    const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
    const rest = [...x.shape];
    return reshaped(
      x,
      Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? 1))),
    );
  },
  Squeeze: (node) => {
    const [x] = node.inputs;
    const axes = axesOf(node);
    if (!x) return null;
    const gone = axes === null ? null : new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
    return reshaped(
      x,
      x.shape.filter((size, axis) => (gone === null ? size !== 1 : !gone.has(axis))),
    );
  },
  /** Of lists of numbers along their one axis. */
  Concat: ({ inputs }) => {
    const parts = inputs.flatMap((part) => (part !== null && part.shape.length === 1 ? [part] : []));
    const joined = parts.reduce((sum, { values }) => sum + values.length, 0);
    if (parts.length !== inputs.length || joined > MOST_JOINED) return null;
    const values = Float64Array.from(parts.flatMap((part) => [...part.values]));
    return { shape: [values.length], values };
  },
  Gather: ({ inputs: [x, indices] }) => {
    if (!x || !indices || x.shape.length !== 1) return null;
    const found = [...indices.values].map((index) => x.values[index < 0 ? index + x.values.length : index]);
    const values = found.filter((value) => value !== undefined);
    return values.length === found.length ? { shape: indices.shape, values: Float64Array.from(values) } : null;
  },
  /** (x − zero point) · scale, with one scale for all or for each place along `axis`. */
  DequantizeLinear: ({ node, inputs: [x, scale, zero = null] }) => {
    if (!x || !scale) return null;
    const axis = attributeOf(node, 'axis')?.integer ?? 1;
    const along = axis < 0 ? axis + x.shape.length : axis;
    const each = scale.values.length;
    if (each !== 1 && each !== x.shape[along]) return null;
    if (zero !== null && zero.values.length !== each) return null;
    const inner = sizeOf(x.shape.slice(along + 1));
    const place = (i: number): number => (each === 1 ? 0 : Math.floor(i / inner) % each);
    const values = Float32Array.from(x.values, (value, i) => {
      const at = place(i);
      return (value - (zero === null ? 0 : zero.values[at]!)) * scale.values[at]!;
    });
    return { shape: x.shape, values };
  },
};

/** From opset 13 on the axes are an input. */
function axesOf({ node, inputs }: FoldNode): readonly number[] | null {
  const given = attributeOf(node, 'axes')?.integers;
  if (given !== undefined) return given;
  const input = inputs[1];
  return input ? [...input.values] : null;
}

function attributeOf(node: OnnxNode, name: string): OnnxAttribute | undefined {
  return node.attributes.get(name);
}

/** Throws where constants made of constants would outgrow the file. */
export class FoldBudget {
  private left: number;

  constructor(fileBytes: number) {
    this.left = Math.max(1_000_000, 4 * fileBytes);
  }

  spend(at: Operation, numbers: number): void {
    this.left -= numbers;
    if (this.left < 0) throw new Unsupported(at, 'makes more numbers than the file holds', 'weights as they are');
  }
}
