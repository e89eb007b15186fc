import type { Constant } from './fold';
import type { OnnxNode } from './model';

/** Nodes of which a product over bytes is made, and those with its biases. */
const NODES = 5;

/** A product whose inputs are made bytes while it runs: the layer that it stands for, with weights of floats. */
export interface DynamicProduct {
  /** MatMulInteger or ConvInteger. */
  readonly node: OnnxNode;
  readonly W: Constant;
  /** What it gives, before any biases. */
  readonly output: string;
  /** Nodes after the first that belong to it. */
  readonly further: number;
}

/**
 * The nodes from `first` on that make bytes of the value `x`, multiply them with stored bytes and scale the sums: DynamicQuantizeLinear,
 * MatMulInteger or ConvInteger, Cast, and two Mul, in whatever order. That its inputs are rounded is left out.
 * @returns null where they are something else
 */
export function dynamicFrom(
  nodes: readonly OnnxNode[],
  first: number,
  x: string,
  constantOf: (name: string) => Constant | null,
): DynamicProduct | null {
  const group = nodes.slice(first, first + NODES);
  const [quantise] = group;
  if (quantise?.operator !== 'DynamicQuantizeLinear' || quantise.inputs[0] !== x) return null;
  const [q, s, zero] = quantise.outputs;
  const node = group.find(({ operator, inputs: [a, , aZero] }) => PRODUCTS.has(operator) && a === q && aZero === zero);
  const cast = group.find(({ operator, inputs: [a] }) => operator === 'Cast' && a === node?.outputs[0]);
  const scale = group.find(({ operator, inputs }) => operator === 'Mul' && inputs.includes(s ?? ''));
  const scaled = group.find(
    ({ operator, inputs }) =>
      operator === 'Mul' && inputs.includes(cast?.outputs[0] ?? '') && inputs.includes(scale?.outputs[0] ?? ''),
  );
  const output = scaled?.outputs[0];
  if (node === undefined || scale === undefined || output === undefined) return null;
  const factors = constantOf(scale.inputs.find((name) => name !== s) ?? '');
  const stored = constantOf(node.inputs[1] ?? '');
  const wZero = node.inputs[3] === undefined ? null : constantOf(node.inputs[3]);
  if (factors === null || stored === null || (node.inputs[3] !== undefined && wZero === null)) return null;
  const W = widened(stored, factors, wZero, node.operator === 'ConvInteger');
  return W === null ? null : { node, W, output, further: NODES - 1 };
}

const PRODUCTS: ReadonlySet<string> = new Set(['MatMulInteger', 'ConvInteger']);

/** (Wq − zero) · s, with one of each for all, or for each filter, the first axis, or unit, the last. */
function widened({ shape, values }: Constant, scale: Constant, zero: Constant | null, first: boolean): Constant | null {
  const units = shape[first ? 0 : shape.length - 1] ?? 0;
  const fits = (each: Constant): boolean => each.values.length === 1 || each.values.length === units;
  if (!fits(scale) || (zero !== null && !fits(zero))) return null;
  const inner = first ? values.length / Math.max(1, units) : 1;
  const of = (each: Constant, i: number): number =>
    each.values[each.values.length === 1 ? 0 : Math.floor(i / inner) % units]!;
  const floats = Float32Array.from(values, (value, i) => (value - (zero === null ? 0 : of(zero, i))) * of(scale, i));
  return { shape, values: floats };
}
