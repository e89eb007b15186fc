import { ProblemError } from '../../../src-worker/problem';
import { damagedModel } from '../unsupported';
import { WireReader, type WireField } from './wire';

/**
 * The messages of ONNX as far as a reader needs them, with the field numbers of onnx.proto. Arrays stay views of the file until they are
 * asked for. Source: onnx/onnx.proto of the ONNX repository.
 */
export interface OnnxModel {
  readonly producer: string;
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  readonly float: number;
  readonly integer: number;
  readonly text: string;
  readonly integers: readonly number[];
  readonly tensor: OnnxTensor | null;
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  /** Little-endian; null where the numbers stand in one of the packed fields. */
  readonly raw: Uint8Array | null;
  /** Packed fields by their number: 4 floats, 5 int32s, 7 int64s, 10 doubles, 11 uint64s. */
  readonly packed: ReadonlyMap<number, Uint8Array>;
  readonly external: boolean;
}

export interface OnnxValue {
  readonly name: string;
  /** −1 for a free one; null where the file gives no shape. */
  readonly shape: readonly number[] | null;
}

/** Enough for the deepest networks there are; a message of a few bytes could otherwise list millions of nodes. */
const MOST_NODES = 20_000;
const MOST_DIMS = 16;
const MOST_INTEGERS = 10_000;

/** @throws ProblemError where the bytes are no model */
export function readOnnx(bytes: Uint8Array, file: string): OnnxModel {
  return new Reader(file).model(bytes);
}

/** Reads single messages too: a case of the ONNX project keeps its inputs as one tensor a file. */
export class Reader {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  model(bytes: Uint8Array): OnnxModel {
    let [producer, version] = ['', ''];
    let graph: Uint8Array | null = null;
    const opsets = new Map<string, number>();
    const metadata = new Map<string, string>();
    for (const field of this.fields(bytes)) {
      if (field.number === 2) producer = this.text(field);
      else if (field.number === 3) version = this.text(field);
      else if (field.number === 7) graph = this.bytes(field);
      else if (field.number === 8) {
        const [domain, number] = this.pair(this.bytes(field));
        opsets.set(domain === 'ai.onnx' ? '' : domain, Number(number));
      } else if (field.number === 14) {
        const [key, value] = this.pair(this.bytes(field));
        metadata.set(key, value);
      }
    }
    if (graph === null) throw this.damaged('it holds no graph');
    const parts: { nodes: OnnxNode[]; initializers: OnnxTensor[]; inputs: OnnxValue[]; outputs: OnnxValue[] } = {
      ...{ nodes: [], initializers: [], inputs: [], outputs: [] },
    };
    for (const field of this.fields(graph)) {
      if (field.number === 1) parts.nodes.push(this.node(this.bytes(field)));
      else if (field.number === 5) parts.initializers.push(this.tensor(this.bytes(field)));
      else if (field.number === 11) parts.inputs.push(this.value(this.bytes(field)));
      else if (field.number === 12) parts.outputs.push(this.value(this.bytes(field)));
      if (parts.nodes.length + parts.initializers.length + parts.inputs.length + parts.outputs.length > MOST_NODES)
        throw this.damaged(`its graph has more than ${MOST_NODES.toLocaleString('en')} parts`);
    }
    return { producer: `${producer} ${version}`.trim(), opsets, metadata, ...parts };
  }

  private node(bytes: Uint8Array): OnnxNode {
    let [name, operator, domain] = ['', '', ''];
    const [inputs, outputs]: [string[], string[]] = [[], []];
    const attributes = new Map<string, OnnxAttribute>();
    for (const field of this.fields(bytes)) {
      if (field.number === 1) inputs.push(this.text(field));
      else if (field.number === 2) outputs.push(this.text(field));
      else if (field.number === 3) name = this.text(field);
      else if (field.number === 4) operator = this.text(field);
      else if (field.number === 5) attributes.set(...this.attribute(this.bytes(field)));
      else if (field.number === 7) domain = this.text(field);
      if (inputs.length + outputs.length > MOST_INTEGERS) throw this.damaged('a node has too many inputs');
    }
    return { operator, domain: domain === 'ai.onnx' ? '' : domain, name, inputs, outputs, attributes };
  }

  private attribute(bytes: Uint8Array): [string, OnnxAttribute] {
    let [name, text] = ['', ''];
    let [float, integer] = [0, 0];
    let tensor: OnnxTensor | null = null;
    const integers: number[] = [];
    for (const field of this.fields(bytes)) {
      if (field.number === 1) name = this.text(field);
      else if (field.number === 2 && field.type === 'fixed32') float = viewOf(field.bytes).getFloat32(0, true);
      else if (field.number === 3) integer = signed(field.integer);
      else if (field.number === 4) text = this.text(field);
      else if (field.number === 5) tensor = this.tensor(this.bytes(field));
      else if (field.number === 8) this.collect(field, integers, MOST_INTEGERS);
    }
    return [name, { float, integer, text, integers, tensor }];
  }

  tensor(bytes: Uint8Array): OnnxTensor {
    let [name, type] = ['', 0];
    let raw: Uint8Array | null = null;
    let external = false;
    const dims: number[] = [];
    const packed = new Map<number, Uint8Array>();
    for (const field of this.fields(bytes)) {
      if (field.number === 1) this.collect(field, dims, MOST_DIMS);
      else if (field.number === 2) type = Number(BigInt.asUintN(32, field.integer));
      else if (field.number === 8) name = this.text(field);
      else if (field.number === 9) raw = this.bytes(field);
      else if (field.number === 13 || (field.number === 14 && field.integer !== 0n)) external = true;
      else if ([4, 5, 7, 10, 11].includes(field.number)) {
        // Numbers one by one instead of packed are allowed by protocol buffers, and written by nobody.
        if (field.type !== 'bytes' || packed.has(field.number))
          throw this.damaged(`the array ${JSON.stringify(name)} is not packed`);
        packed.set(field.number, field.bytes);
      }
    }
    if (dims.some((size) => size < 0)) throw this.damaged(`the array ${JSON.stringify(name)} has a negative size`);
    return { name, dims, type, raw, packed, external };
  }

  private value(bytes: Uint8Array): OnnxValue {
    let name = '';
    let shape: number[] | null = null;
    for (const field of this.fields(bytes)) {
      if (field.number === 1) name = this.text(field);
      else if (field.number === 2) shape = this.shapeOfType(this.bytes(field));
    }
    return { name, shape };
  }

  /** TypeProto → Tensor → TensorShapeProto → Dimension. */
  private shapeOfType(bytes: Uint8Array): number[] | null {
    const tensor = this.only(bytes, 1);
    const shape = tensor === null ? null : this.only(tensor, 2);
    if (shape === null) return null;
    const dims: number[] = [];
    for (const dimension of this.fields(shape)) {
      if (dims.length === MOST_DIMS) throw this.damaged('a shape has too many axes');
      let size = -1;
      for (const field of this.fields(this.bytes(dimension))) if (field.number === 1) size = signed(field.integer);
      dims.push(size);
    }
    return dims;
  }

  private only(bytes: Uint8Array, number: number): Uint8Array | null {
    let found: Uint8Array | null = null;
    for (const field of this.fields(bytes)) if (field.number === number) found = this.bytes(field);
    return found;
  }

  private pair(bytes: Uint8Array): [string, string] {
    let [key, value] = ['', ''];
    for (const field of this.fields(bytes)) {
      const text = field.type === 'varint' ? String(field.integer) : this.text(field);
      if (field.number === 1) key = text;
      else if (field.number === 2) value = text;
    }
    return [key, value];
  }

  private collect(field: WireField, into: number[], most: number): void {
    const values = field.type === 'varint' ? [field.integer] : new WireReader(this.bytes(field), this.file).varints();
    for (const value of values) {
      if (into.length === most) throw this.damaged(`a list has more than ${most} numbers`);
      into.push(signed(value));
    }
  }

  private text(field: WireField): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  private bytes(field: WireField): Uint8Array {
    if (field.type !== 'bytes') throw this.damaged('a field is of another kind than ONNX has it');
    return field.bytes;
  }

  private fields(bytes: Uint8Array): Generator<WireField> {
    return new WireReader(bytes, this.file).fields();
  }

  private damaged(what: string): ProblemError {
    return new ProblemError(damagedModel(this.file, what));
  }
}

function signed(value: bigint): number {
  return Number(BigInt.asIntN(64, value));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
