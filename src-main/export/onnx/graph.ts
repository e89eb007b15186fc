import type { FloatArray, Shape } from '../../../src-worker/tensor';
import {
  ELEMENT,
  type AttributeProto,
  type ElementKind,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './proto';

/** A number that the operator takes as a float, whole or not; a plain number is an integer. */
export interface FloatAttribute {
  readonly float: number;
}

export const float = (value: number): FloatAttribute => ({ float: value });

export type AttributeValue = number | FloatAttribute | string | readonly number[] | readonly string[];

/** Numbers of AttributeProto.type. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7, strings: 8 } as const;

/** A graph on its way to a file: values are known by name, each name is given once, nodes come in the order of the data. */
export class GraphBuilder {
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  readonly inputs: ValueInfoProto[] = [];
  readonly outputs: ValueInfoProto[] = [];
  private readonly taken: Set<string>;

  /** @param reserved names that only outputs may have */
  constructor(reserved: readonly string[]) {
    this.taken = new Set(reserved);
  }

  /** An input `[batch, …shape]`, named after `wanted` as far as names of inputs allow; returns its name. */
  input(wanted: string, element: ElementKind, shape: Shape, meaning: string): string {
    const name = this.unique(plainName(wanted));
    this.inputs.push(describeValue(name, element, shape, meaning));
    return name;
  }

  /** An output of exactly this name, `[batch, …shape]`, equal to an inner value. */
  output(name: string, from: string, element: ElementKind, shape: Shape, meaning: string): void {
    this.nodes.push({
      name: this.unique(`${name}/node`),
      opType: 'Identity',
      input: [from],
      output: [name],
      attribute: [],
    });
    this.outputs.push(describeValue(name, element, shape, meaning));
  }

  /** A node with one output; returns the name of that. Operators are those of the default domain. */
  add(
    opType: string,
    wanted: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = this.unique(wanted);
    const attribute = Object.entries(attributes).map(([key, value]) => encodeAttribute(key, value));
    this.nodes.push({ name, opType, input, output: [name], attribute });
    return name;
  }

  /** A node with several outputs; returns their names. The node has that of the first. */
  addAll(opType: string, wanted: readonly string[], input: readonly string[]): readonly string[] {
    const output = wanted.map((each) => this.unique(each));
    this.nodes.push({ name: output[0]!, opType, input, output, attribute: [] });
    return output;
  }

  /** A constant of floats in their own precision, int64s or strings; returns its name. */
  constant(wanted: string, shape: Shape, values: FloatArray | readonly bigint[] | readonly string[]): string {
    const name = this.unique(wanted);
    this.initializers.push({ name, dims: shape, ...encodeValues(values) });
    return name;
  }

  /** A constant in a narrower type than the graph computes in; returns its name. */
  stored(wanted: string, shape: Shape, element: ElementKind, rawData: Uint8Array): string {
    const name = this.unique(wanted);
    this.initializers.push({ name, dims: shape, dataType: ELEMENT[element], rawData });
    return name;
  }

  private unique(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.taken.has(name); n += 1) name = `${wanted}_${n}`;
    this.taken.add(name);
    return name;
  }
}

/** Letters, digits and spaces of any script, at most 100 of them; the true name travels in the metadata. */
function plainName(text: string): string {
  const plain = text
    .replace(/[^\p{L}\p{N} _.()-]/gu, '_')
    .slice(0, 100)
    .trim();
  return plain === '' ? 'column' : plain;
}

function describeValue(name: string, element: ElementKind, shape: Shape, docString: string): ValueInfoProto {
  const dim = [{ dimParam: 'batch' }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, docString, type: { tensorType: { elemType: ELEMENT[element], shape: { dim } } } };
}

function encodeValues(values: FloatArray | readonly bigint[] | readonly string[]): Omit<TensorProto, 'name' | 'dims'> {
  if (values instanceof Float32Array) return { dataType: ELEMENT.float, rawData: bytesOf(values) };
  if (values instanceof Float64Array) return { dataType: ELEMENT.double, rawData: bytesOf(values) };
  if (isStrings(values)) return { dataType: ELEMENT.string, stringData: values.map(utf8) };
  return { dataType: ELEMENT.int64, rawData: bytesOf(BigInt64Array.from(values)) };
}

function isStrings(values: readonly bigint[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === 'string';
}

/** Little-endian, as ONNX wants it and every machine that runs this has it. */
function bytesOf(values: FloatArray | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function encodeAttribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number') return { name, type: ATTRIBUTE.int, i: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: utf8(value) };
  if ('float' in value) return { name, type: ATTRIBUTE.float, f: value.float };
  const strings = value.filter((item) => typeof item === 'string');
  if (strings.length > 0) return { name, type: ATTRIBUTE.strings, strings: strings.map(utf8) };
  return { name, type: ATTRIBUTE.ints, ints: value.filter((item) => typeof item === 'number') };
}
