import { sizeOf, type NamedTensor, type Shape } from '../../../src-worker/tensor';
import { transpose } from '../../../src-worker/transpose';
import type { AttributeValue, GraphBuilder } from './graph';
import { ELEMENT } from './proto';
import { quantise } from './weights';

/** Weights are bytes from 1 to 255 about this zero: products of a byte and a signed byte overflow in the kernels of some processors. */
const ZERO = 128;

interface QuantisedLayer {
  /** The names in the graph begin so: `layer1`. */
  readonly prefix: string;
  readonly input: string;
  /** Its first axis is the units' or filters'. */
  readonly W: NamedTensor;
  readonly b: NamedTensor;
}

/**
 * z = x Wᵀ + b over whole numbers: x ≈ (q − zero) · s with bytes q, whose s and zero the runtime takes from the least and the largest number of
 * the batch; W ≈ (Wq − 128) · sW with one sW for each unit; so z ≈ Σ (q − zero)(Wq − 128) · (s · sW) + b. Returns the name of z.
 */
export function addDynamicDense(graph: GraphBuilder, layer: QuantisedLayer): string {
  const [units = 0, inputs = 0] = layer.W.shape;
  const columns = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.from(transpose(Float32Array.from(bytes), [units, inputs], [1, 0]));
  return addProduct(graph, layer, 'MatMulInteger', [inputs, units], columns, [units], {});
}

/** The same for a convolution; what lies beside the image is the zero of its bytes. */
export function addDynamicConv2d(
  graph: GraphBuilder,
  layer: QuantisedLayer,
  attributes: Readonly<Record<string, AttributeValue>>,
): string {
  const filters = layer.W.shape[0] ?? 0;
  return addProduct(graph, layer, 'ConvInteger', layer.W.shape, (bytes) => bytes, [filters, 1, 1], attributes);
}

function addProduct(
  graph: GraphBuilder,
  { prefix, input, W, b }: QuantisedLayer,
  opType: 'MatMulInteger' | 'ConvInteger',
  shape: Shape,
  arrange: (bytes: Uint8Array) => Uint8Array,
  perUnit: Shape,
  attributes: Readonly<Record<string, AttributeValue>>,
): string {
  const { quantised, scales } = quantise(W);
  const bytes = Uint8Array.from(quantised, (value) => value + ZERO);
  const stored = graph.stored(`${W.name}/uint8`, shape, 'uint8', arrange(bytes));
  const zero = graph.stored(`${W.name}/zero`, [], 'uint8', Uint8Array.of(ZERO));
  const names = ['uint8', 'scale', 'zero'].map((name) => `${prefix}/x/${name}`);
  const [q = '', s = '', xZero = ''] = graph.addAll('DynamicQuantizeLinear', names, [input]);
  const sums = graph.add(opType, `${prefix}/sums`, [q, stored, xZero, zero], attributes);
  const wide = graph.add('Cast', `${prefix}/wide`, [sums], { to: ELEMENT.float });
  const scale = graph.add('Mul', `${prefix}/scale`, [s, graph.constant(`${W.name}/scale`, perUnit, scales)]);
  const scaled = graph.add('Mul', `${prefix}/scaled`, [wide, scale]);
  const bias = graph.constant(b.name, perUnit, Float32Array.from(b.values));
  if (sizeOf(perUnit) !== b.values.length) throw new Error(`${b.name} does not fit ${W.name}`);
  return graph.add('Add', `${prefix}/z`, [scaled, bias]);
}
