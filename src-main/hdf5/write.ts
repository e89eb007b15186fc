import { sizeOf, type FloatArray, type Shape } from '../../src-worker/tensor';

/**
 * Writes HDF5 as far as Keras reads it: groups with symbol tables, and contiguous arrays of little-endian float32. The oldest layout of the
 * format, which every reader knows. Equal contents give equal bytes: no times are stored.
 * Source: The HDF Group, "HDF5 File Format Specification Version 3.0", superblock and object headers of version 0 and 1.
 */
export interface Hdf5Group {
  readonly groups: ReadonlyMap<string, Hdf5Group>;
  readonly datasets: ReadonlyMap<string, Hdf5Dataset>;
}

export interface Hdf5Dataset {
  readonly shape: Shape;
  readonly values: FloatArray;
}

const SUPERBLOCK_BYTES = 96;
const UNDEFINED = 0xffff_ffff_ffff_ffffn;
/** Children of a node are at most twice this; one node of entries is enough, so that it never grows. */
const INTERNAL_K = 16;
const TREE_BYTES = 24 + (4 * INTERNAL_K + 1) * 8;
const ENTRY_BYTES = 40;
const HEAP_HEAD_BYTES = 32;
const NO_FREE_BLOCK = 1n;

/** @returns the file; the caller owns it */
export function writeHdf5(root: Hdf5Group): Uint8Array {
  const leafK = Math.max(4, Math.ceil(widest(root) / 2));
  const writer = new Writer(leafK);
  const top = writer.group(root);
  const bytes = writer.finish();
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  // Versions are 0; offsets and lengths take 8 bytes each.
  bytes.set([8, 8], 13);
  view.setUint16(16, leafK, true);
  view.setUint16(18, INTERNAL_K, true);
  view.setBigUint64(32, UNDEFINED, true);
  view.setBigUint64(40, BigInt(bytes.length), true);
  view.setBigUint64(48, UNDEFINED, true);
  view.setBigUint64(64, BigInt(top.header), true);
  view.setUint32(72, 1, true);
  view.setBigUint64(80, BigInt(top.tree), true);
  view.setBigUint64(88, BigInt(top.heap), true);
  return bytes;
}

function widest({ groups, datasets }: Hdf5Group): number {
  return Math.max(groups.size + datasets.size, ...[...groups.values()].map(widest));
}

/** Blocks one after another, each at a multiple of 8. */
class Writer {
  private readonly blocks: Uint8Array[] = [];
  private end = SUPERBLOCK_BYTES;
  private readonly leafK: number;

  constructor(leafK: number) {
    this.leafK = leafK;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.end);
    let at = SUPERBLOCK_BYTES;
    for (const block of this.blocks) {
      bytes.set(block, at);
      at += block.length;
    }
    return bytes;
  }

  /** Children first, so that their addresses are known. */
  group({ groups, datasets }: Hdf5Group): { header: number; tree: number; heap: number } {
    const children = [
      ...[...groups].map(([name, group]) => ({ name: utf8(name), address: this.group(group).header })),
      ...[...datasets].map(([name, dataset]) => ({ name: utf8(name), address: this.dataset(dataset) })),
    ].sort((a, b) => Buffer.compare(a.name, b.name));
    // The heap begins with the empty name.
    const offsets: number[] = [];
    let size = 8;
    for (const { name } of children) {
      offsets.push(size);
      size += padded(name.length + 1);
    }
    const names = new Uint8Array(size);
    children.forEach(({ name }, n) => names.set(name, offsets[n]));
    const heap = this.heap(names);
    const tree = this.tree(
      children.length === 0 ? null : { node: this.node(children, offsets), last: offsets.at(-1)! },
    );
    const header = this.header([message(0x11, pair(tree, heap))]);
    return { header, tree, heap };
  }

  private dataset({ shape, values }: Hdf5Dataset): number {
    const floats = values instanceof Float32Array ? values : Float32Array.from(values);
    const data = new Uint8Array(padded(floats.byteLength));
    data.set(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength));
    const address = data.length === 0 ? UNDEFINED : BigInt(this.put(data));
    return this.header([
      message(0x01, dataspace(shape)),
      message(0x03, FLOAT32),
      // Version 2, space taken at once, written when it is taken, and no value of its own.
      message(0x05, Uint8Array.of(2, 1, 0, 0)),
      message(0x08, layout(address, 4 * sizeOf(shape))),
    ]);
  }

  private heap(names: Uint8Array): number {
    const head = block(HEAP_HEAD_BYTES, 'HEAP');
    const view = viewOf(head);
    view.setBigUint64(8, BigInt(names.length), true);
    view.setBigUint64(16, NO_FREE_BLOCK, true);
    view.setBigUint64(24, BigInt(this.end + HEAP_HEAD_BYTES), true);
    const address = this.put(head);
    this.put(names);
    return address;
  }

  private node(children: readonly { readonly address: number }[], offsets: readonly number[]): number {
    const node = block(8 + 2 * this.leafK * ENTRY_BYTES, 'SNOD');
    const view = viewOf(node);
    view.setUint8(4, 1);
    view.setUint16(6, children.length, true);
    children.forEach(({ address }, n) => {
      view.setBigUint64(8 + n * ENTRY_BYTES, BigInt(offsets[n]!), true);
      view.setBigUint64(16 + n * ENTRY_BYTES, BigInt(address), true);
    });
    return this.put(node);
  }

  private tree(child: { readonly node: number; readonly last: number } | null): number {
    const tree = block(TREE_BYTES, 'TREE');
    const view = viewOf(tree);
    view.setUint16(6, child === null ? 0 : 1, true);
    view.setBigUint64(8, UNDEFINED, true);
    view.setBigUint64(16, UNDEFINED, true);
    if (child !== null) {
      view.setBigUint64(32, BigInt(child.node), true);
      view.setBigUint64(40, BigInt(child.last), true);
    }
    return this.put(tree);
  }

  private header(messages: readonly Uint8Array[]): number {
    const size = messages.reduce((sum, { length }) => sum + length, 0);
    const header = new Uint8Array(16 + size);
    const view = viewOf(header);
    view.setUint8(0, 1);
    view.setUint16(2, messages.length, true);
    view.setUint32(4, 1, true);
    view.setUint32(8, size, true);
    let at = 16;
    for (const each of messages) {
      header.set(each, at);
      at += each.length;
    }
    return this.put(header);
  }

  private put(bytes: Uint8Array): number {
    const address = this.end;
    this.blocks.push(bytes);
    this.end += bytes.length;
    return address;
  }
}

/** IEEE 754 binary32, little-endian: sign in bit 31, 8 bits of exponent from bit 23 on with bias 127, 23 of the fraction from bit 0 on. */
const FLOAT32 = Uint8Array.of(0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0);

function dataspace(shape: Shape): Uint8Array {
  const bytes = new Uint8Array(8 + 8 * shape.length);
  bytes.set([1, shape.length]);
  shape.forEach((size, axis) => viewOf(bytes).setBigUint64(8 + 8 * axis, BigInt(size), true));
  return bytes;
}

/** Version 3, contiguous. */
function layout(address: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(18);
  bytes.set([3, 1]);
  viewOf(bytes).setBigUint64(2, address, true);
  viewOf(bytes).setBigUint64(10, BigInt(size), true);
  return bytes;
}

function message(type: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + padded(data.length));
  viewOf(bytes).setUint16(0, type, true);
  viewOf(bytes).setUint16(2, padded(data.length), true);
  bytes.set(data, 8);
  return bytes;
}

function pair(first: number, second: number): Uint8Array {
  const bytes = new Uint8Array(16);
  viewOf(bytes).setBigUint64(0, BigInt(first), true);
  viewOf(bytes).setBigUint64(8, BigInt(second), true);
  return bytes;
}

function block(size: number, signature: string): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(utf8(signature));
  return bytes;
}

const padded = (size: number): number => Math.ceil(size / 8) * 8;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
