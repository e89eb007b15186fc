import type { Shape } from '../../../src-worker/tensor';
import { NetworkAssembler } from '../assembler';
import type { FileTensor } from '../describe-tensor';
import { Unsupported } from '../unsupported';
import { dynamicFrom, type DynamicProduct } from './dynamic';
import { FOLDS, FoldBudget, type Constant } from './fold';
import { geluFrom } from './gelu';
import type { OnnxModel, OnnxNode } from './model';
import { OPERATORS, type LayerNode } from './operators';
import { decodeTensor } from './tensors';

const ACCEPTED = Object.keys(OPERATORS).join(', ');
/** What may stand in a graph; the last ones are what older opsets make a Gelu of. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(OPERATORS),
  ...Object.keys(FOLDS),
  ...['Constant', 'Shape', 'Mul', 'Div', 'Erf'],
  ...['DynamicQuantizeLinear', 'MatMulInteger', 'ConvInteger'],
]);

/** The part of a graph that is the network; all of it where the file does not say otherwise. */
export interface Ends {
  readonly input: string;
  readonly inputShape: Shape;
  readonly output: string;
}

/**
 * Follows the data through the graph, one chain from its input to its output, and gives each node to the assembler.
 * @param ends of a model that carries its preprocessing in the graph
 * @throws Unsupported for the first node that the app has no layer for
 */
export function walkGraph(
  model: OnnxModel,
  tensors: readonly FileTensor[],
  file: string,
  fileBytes: number,
  ends: Ends | null,
): NetworkAssembler {
  const opset = model.opsets.get('') ?? 1;
  const constants = new Map<string, Constant>();
  for (const { name, shape, values } of tensors) if (values !== null) constants.set(name, { shape, values });
  const known = new Set(model.initializers.map(({ name }) => name));
  const { input, inputShape, output } = ends ?? wholeGraph(model, known);
  const assembler = new NetworkAssembler(inputShape, fileBytes);
  const budget = new FoldBudget(fileBytes);
  const uses = countUses(model);
  const nodes = model.nodes.filter((node) => {
    if (node.operator !== 'Constant' || node.domain !== '') return true;
    const made = constantNode(node, file);
    if (made === null || node.outputs[0] === undefined) return true;
    budget.spend({ operator: node.operator, name: nameOf(node) }, made.values.length);
    constants.set(node.outputs[0], made);
    return false;
  });
  let current = input;
  for (let index = 0; index < nodes.length && (current !== output || ends === null); index += 1) {
    const node = nodes[index]!;
    const at = { operator: node.operator, name: nameOf(node) };
    const [result] = node.outputs;
    if (result === undefined) throw new Unsupported(at, 'has no output', 'nodes with one output');
    if (node.domain !== '')
      throw new Unsupported(at, `is of the domain ${node.domain.slice(0, 50)}`, 'operators of ONNX itself');
    const takesData = node.inputs.includes(current);
    if (!takesData || node.operator === 'Shape') {
      const made = takesData ? shapeOf(assembler.shape) : fold(node, constants, opset);
      if (made !== null) {
        budget.spend(at, made.values.length);
        constants.set(result, made);
        continue;
      }
      // In front of the network of our own files stands their preprocessing.
      if (ends !== null) continue;
      throw new Unsupported(
        at,
        'does not take what the node before it gives',
        'one chain of operators from the input to the output',
      );
    }
    const bytes = dynamicFrom(nodes, index, current, (name) => constants.get(name) ?? null);
    if (bytes !== null) {
      budget.spend(at, bytes.W.values.length);
      readDynamic(assembler, at, bytes, opset);
      index += bytes.further;
      current = bytes.output;
      continue;
    }
    const gelu = geluFrom(nodes, index, current, (name) => constants.get(name) ?? null);
    if (gelu !== null) {
      assembler.activation(at, 'gelu');
      index += 4;
      current = gelu;
      continue;
    }
    if ((uses.get(current) ?? 0) > 1)
      throw new Unsupported(
        at,
        'is one of several that take the same value',
        'one chain of operators from the input to the output',
      );
    read(assembler, node, at, current, constants, opset);
    current = result;
  }
  if (current !== output)
    throw new Unsupported(
      { operator: 'The output', name: output },
      'is not what the last operator gives',
      'one chain of operators from the input to the output',
    );
  return assembler;
}

function read(
  assembler: NetworkAssembler,
  node: OnnxNode,
  at: { operator: string; name: string },
  current: string,
  constants: ReadonlyMap<string, Constant>,
  opset: number,
): void {
  const operator = Object.hasOwn(OPERATORS, node.operator) ? OPERATORS[node.operator] : undefined;
  if (operator === undefined) throw new Unsupported(at, 'is an operator that the app has no layer for', ACCEPTED);
  // A sum may have its constant first.
  const others = node.operator === 'Add' ? node.inputs.filter((name) => name !== current) : node.inputs.slice(1);
  const arrays = others.map((name) => (name === '' ? null : (constants.get(name) ?? null)));
  const missing = others.findIndex((name, n) => name !== '' && arrays[n] === null);
  if ((node.operator !== 'Add' && node.inputs[0] !== current) || missing !== -1)
    throw new Unsupported(
      at,
      `takes ${JSON.stringify((others[missing] ?? '').slice(0, 100))}, which is no constant`,
      'weights that are stored in the file',
    );
  const layer: LayerNode = { ...at, node, constants: arrays, opset };
  operator(assembler, layer);
}

/** As the same product over floats. */
function readDynamic(
  assembler: NetworkAssembler,
  at: { operator: string; name: string },
  { node, W }: DynamicProduct,
  opset: number,
): void {
  const operator = node.operator === 'ConvInteger' ? 'Conv' : 'MatMul';
  OPERATORS[operator]!(assembler, { ...at, node, constants: [W], opset });
}

function fold(node: OnnxNode, constants: ReadonlyMap<string, Constant>, opset: number): Constant | null {
  const operation = Object.hasOwn(FOLDS, node.operator) ? FOLDS[node.operator] : undefined;
  const inputs = node.inputs.map((name) => (name === '' ? null : (constants.get(name) ?? null)));
  if (operation === undefined || inputs.some((input, n) => input === null && node.inputs[n] !== '')) return null;
  return operation({ operator: node.operator, name: node.name, node, inputs, opset });
}

/** What a node says by itself; null for texts and lists of a kind that no weight is. */
function constantNode(node: OnnxNode, file: string): Constant | null {
  const value = node.attributes.get('value');
  if (value?.tensor) {
    const { shape, values } = decodeTensor(value.tensor, file);
    return values === null ? null : { shape, values };
  }
  const [list, integer, float] = ['value_ints', 'value_int', 'value_float'].map((name) => node.attributes.get(name));
  if (list) return { shape: [list.integers.length], values: Float64Array.from(list.integers) };
  if (integer) return { shape: [], values: Float64Array.of(integer.integer) };
  return float ? { shape: [], values: Float64Array.of(float.float) } : null;
}

/** The batch, which is free, as −1. */
function shapeOf(shape: Shape): Constant {
  return { shape: [shape.length + 1], values: Float64Array.from([-1, ...shape]) };
}

/** Refuses by the operator that stands in the way: the first unknown one, else the one that takes the input. */
function wholeGraph(model: OnnxModel, known: ReadonlySet<string>): Ends {
  const inputs = model.inputs.filter(({ name }) => !known.has(name));
  const [first] = inputs;
  const strange = model.nodes.find(({ operator, domain }) => domain !== '' || !KNOWN.has(operator));
  const taker = strange ?? model.nodes.find((node) => first !== undefined && node.inputs.includes(first.name));
  const at = { operator: taker?.operator ?? 'The graph', name: taker ? nameOf(taker) : '' };
  if (strange !== undefined) throw new Unsupported(at, 'is an operator that the app has no layer for', ACCEPTED);
  if (first === undefined || inputs.length !== 1 || model.outputs.length !== 1) {
    const found = `${inputs.length} inputs and ${model.outputs.length} outputs`;
    throw new Unsupported(at, `is part of a graph of ${found}`, 'one input and one output');
  }
  const [, ...shape] = first.shape ?? [];
  const called = JSON.stringify(first.name.slice(0, 100));
  if (shape.length !== 1 && shape.length !== 3) {
    const kinds = 'rows of numbers, or images of channels × height × width';
    throw new Unsupported(at, `takes the input ${called} of ${shape.length} axes besides the batch`, kinds);
  }
  if (shape.some((size) => !(size >= 1)))
    throw new Unsupported(
      at,
      `takes the input ${called}, whose size is free`,
      'sizes that are known, besides the batch’s',
    );
  return { input: first.name, inputShape: shape, output: model.outputs[0]!.name };
}

function nameOf({ name, outputs }: OnnxNode): string {
  return name || (outputs[0] ?? '');
}

/** How many nodes take each value, without those that only ask for its shape. */
function countUses({ nodes }: OnnxModel): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { operator, inputs } of nodes) {
    if (operator === 'Shape') continue;
    for (const name of new Set(inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}
