import { ProblemError } from '../../src-worker/problem';
import { sizeOf, type Shape } from '../../src-worker/tensor';
import type { FileTensor } from '../import/describe-tensor';
import { damagedModel } from '../import/unsupported';
import { readNumbers } from './numbers';

/**
 * Reads the arrays of an HDF5 file as Keras and h5py write them by default: superblocks of every version, groups by symbol tables or compact
 * links, contiguous and compact arrays of numbers. Chunks, filters and dense groups are refused by name. Every address is checked against the file,
 * every object is visited once, and nothing is allocated beyond the arrays that the file holds.
 * Source: The HDF Group, "HDF5 File Format Specification Version 3.0".
 */
export function readHdf5(bytes: Uint8Array, file: string): readonly FileTensor[] {
  return new Reader(bytes, file).tensors();
}

const SIGNATURE = '\x89HDF\r\n\x1a\n';
const MOST_OBJECTS = 20_000;
const MOST_DEPTH = 50;
const MOST_AXES = 32;
const UNDEFINED = 0xffff_ffff_ffff_ffffn;

export function isHdf5(bytes: Uint8Array): boolean {
  return [...SIGNATURE].every((char, n) => bytes[n] === char.charCodeAt(0));
}

interface Message {
  readonly type: number;
  readonly at: number;
  readonly size: number;
}

class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly file: string;
  private readonly found: FileTensor[] = [];
  private readonly seen = new Set<number>();
  /** Bytes of arrays, which may not lie over one another. */
  private left: number;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.file = file;
    this.left = bytes.length;
  }

  tensors(): readonly FileTensor[] {
    if (!isHdf5(this.bytes)) throw this.damaged('it does not begin as HDF5 does', 0);
    const version = this.byte(8);
    const [offsets, lengths] = version < 2 ? [this.byte(13), this.byte(14)] : [this.byte(9), this.byte(10)];
    if (version > 3) throw this.refused(`a superblock of version ${version}`);
    if (offsets !== 8 || lengths !== 8) throw this.refused('addresses of other than 8 bytes');
    // Version 1 has four bytes more in front of the addresses.
    const root = version >= 2 ? this.address(36) : this.address(version === 1 ? 68 : 64);
    this.object(root, '', 0);
    return this.found;
  }

  private object(at: number, path: string, depth: number): void {
    if (depth > MOST_DEPTH || this.seen.size > MOST_OBJECTS) throw this.damaged('its groups go too deep', at);
    if (this.seen.has(at)) throw this.damaged('its groups run in a circle', at);
    this.seen.add(at);
    const messages = this.messages(at);
    const layout = messages.find(({ type }) => type === 0x08);
    if (layout !== undefined) return this.dataset(messages, layout, path);
    const inner = (name: string): string => (path === '' ? name : `${path}/${name}`);
    for (const { type, at: place } of messages) {
      if (type === 0x11) {
        const heap = this.heapData(this.address(place + 8));
        this.tree(this.address(place), heap, (name, address) => this.object(address, inner(name), depth + 1), 0);
      } else if (type === 0x06) {
        const link = this.link(place);
        if (link !== null) this.object(link.address, inner(link.name), depth + 1);
      } else if (type === 0x02 && this.hasDenseLinks(place))
        throw this.refused('a group with its links in a fractal heap');
    }
  }

  private dataset(messages: readonly Message[], layout: Message, path: string): void {
    const one = (type: number, what: string): Message => {
      const found = messages.find((message) => message.type === type);
      if (found === undefined) throw this.damaged(`${JSON.stringify(path)} has no ${what}`, layout.at);
      return found;
    };
    if (messages.some(({ type }) => type === 0x0b)) throw this.refused(`the filtered array ${JSON.stringify(path)}`);
    const shape = this.shape(one(0x01, 'shape'));
    const type = one(0x03, 'type');
    const version = this.byte(layout.at);
    const kind = this.byte(layout.at + 1);
    if (version !== 3 && version !== 4) throw this.refused(`a layout of version ${version}`);
    if (kind > 1) throw this.refused(`the array ${JSON.stringify(path)}, which is stored in chunks`);
    const compact = kind === 0;
    const missing = !compact && this.view.getBigUint64(this.within(layout.at + 2, 8), true) === UNDEFINED;
    const start = compact ? layout.at + 4 : missing ? 0 : this.address(layout.at + 2);
    const numbers = readNumbers(this.bytes.subarray(type.at, type.at + type.size));
    if (numbers === null) return void this.found.push({ name: path, type: 'no numbers', shape, values: null });
    const size = sizeOf(shape) * numbers.bytes;
    if (!(size <= this.left) || (missing && size > 0))
      throw this.damaged(`${JSON.stringify(path)} is larger than the file`, layout.at);
    this.left -= size;
    const data = this.bytes.subarray(this.within(start, size), start + size);
    this.found.push({ name: path, type: numbers.label, shape, values: numbers.decode(new Uint8Array(data).buffer) });
  }

  private shape({ at }: Message): Shape {
    const [version, rank] = [this.byte(at), this.byte(at + 1)];
    if (rank > MOST_AXES) throw this.damaged('an array has too many axes', at);
    const first = at + (version === 1 ? 8 : 4);
    return Array.from({ length: rank }, (_, axis) => this.number(first + 8 * axis));
  }

  /** Names and addresses of a group by its B-tree of symbol nodes. */
  private tree(at: number, heap: Uint8Array, visit: (name: string, address: number) => void, depth: number): void {
    this.expect(at, 'TREE');
    if (depth > MOST_DEPTH || this.seen.has(at)) throw this.damaged('its groups run in a circle', at);
    this.seen.add(at);
    const [level, used] = [this.byte(at + 5), this.short(at + 6)];
    for (let n = 0; n < used; n++) {
      const child = this.address(at + 32 + 16 * n);
      if (level > 0) this.tree(child, heap, visit, depth + 1);
      else this.symbols(child, heap, visit);
    }
  }

  private symbols(at: number, heap: Uint8Array, visit: (name: string, address: number) => void): void {
    this.expect(at, 'SNOD');
    const count = this.short(at + 6);
    for (let n = 0; n < count; n++) {
      const entry = at + 8 + 40 * n;
      const offset = this.number(entry);
      const end = heap.indexOf(0, offset);
      if (offset >= heap.length || end === -1) throw this.damaged('a name lies outside of its heap', entry);
      visit(new TextDecoder().decode(heap.subarray(offset, end)), this.address(entry + 8));
    }
  }

  private heapData(at: number): Uint8Array {
    this.expect(at, 'HEAP');
    const size = this.number(at + 8);
    const start = this.address(at + 24);
    return this.bytes.subarray(this.within(start, size), start + size);
  }

  /** A hard link of a compact group; null for soft and external ones, which lead elsewhere. */
  private link(at: number): { name: string; address: number } | null {
    const flags = this.byte(at + 1);
    let place = at + 2;
    const kind = (flags & 8) === 0 ? 0 : this.byte(place++);
    if ((flags & 4) !== 0) place += 8;
    if ((flags & 16) !== 0) place += 1;
    const width = 1 << (flags & 3);
    let length = 0;
    for (let n = 0; n < width; n++) length += this.byte(place + n) * 2 ** (8 * n);
    place += width;
    const name = new TextDecoder().decode(this.bytes.subarray(this.within(place, length), place + length));
    return kind === 0 ? { name, address: this.address(place + length) } : null;
  }

  private hasDenseLinks(at: number): boolean {
    const indexed = (this.byte(at + 1) & 1) !== 0;
    return this.view.getBigUint64(this.within(at + (indexed ? 10 : 2), 8), true) !== UNDEFINED;
  }

  private messages(at: number): readonly Message[] {
    const messages: Message[] = [];
    if (this.bytes[at] === 0x4f) {
      this.expect(at, 'OHDR');
      const flags = this.byte(at + 5);
      const width = 1 << (flags & 3);
      let size = 0;
      const start = at + 6 + ((flags & 32) !== 0 ? 16 : 0) + ((flags & 16) !== 0 ? 4 : 0);
      for (let n = 0; n < width; n++) size += this.byte(start + n) * 2 ** (8 * n);
      this.block(start + width, size, messages, (flags & 4) !== 0 ? 6 : 4, 0);
    } else {
      if (this.byte(at) !== 1) throw this.refused('an object header of an unknown version');
      this.block(at + 16, this.long(at + 8), messages, 8, 0);
    }
    return messages;
  }

  /** @param head bytes before each message: 8 in version 1, 4 or 6 in version 2 */
  private block(start: number, size: number, into: Message[], head: number, depth: number): void {
    const end = this.within(start, size) + size;
    let at = start;
    while (at + head <= end) {
      const [type, length] = head === 8 ? [this.short(at), this.short(at + 2)] : [this.byte(at), this.short(at + 1)];
      at += head;
      if (at + length > end) throw this.damaged('a message is longer than its header', at);
      if (into.length > MOST_OBJECTS || depth > MOST_DEPTH) throw this.damaged('an object has too many messages', at);
      if (type === 0x10) {
        // Blocks that lead to one another would be read over and over.
        if (this.seen.has(at)) throw this.damaged('its headers run in a circle', at);
        this.seen.add(at);
        const [address, more] = [this.address(at), this.number(at + 8)];
        // In version 2 such a block has a signature in front and a checksum behind.
        if (head === 8) this.block(address, more, into, head, depth + 1);
        else this.block(address + 4, Math.max(0, more - 8), into, head, depth + 1);
      } else into.push({ type, at, size: length });
      at += length;
    }
  }

  private expect(at: number, signature: string): void {
    const found = String.fromCharCode(...this.bytes.subarray(at, at + 4));
    if (found !== signature) throw this.damaged(`there is no ${signature} where one is promised`, at);
  }

  private byte(at: number): number {
    return this.bytes[this.within(at, 1)]!;
  }

  private short(at: number): number {
    return this.view.getUint16(this.within(at, 2), true);
  }

  private long(at: number): number {
    return this.view.getUint32(this.within(at, 4), true);
  }

  private number(at: number): number {
    return Number(this.view.getBigUint64(this.within(at, 8), true));
  }

  private address(at: number): number {
    const address = this.number(at);
    return this.within(address, 0);
  }

  /** The same place, where so many bytes are there. */
  private within(at: number, size: number): number {
    if (!(at >= 0 && size >= 0 && at + size <= this.bytes.length))
      throw this.damaged('an address lies outside of it', Math.min(at, this.bytes.length));
    return at;
  }

  private refused(what: string): ProblemError {
    return new ProblemError({
      code: 'import/hdf5',
      message: `${this.file} holds ${what}, which cannot be read.`,
      hint: 'Save it again with Keras 3: model.save("model.keras").',
      file: this.file,
    });
  }

  private damaged(what: string, at: number): ProblemError {
    return new ProblemError(damagedModel(this.file, what, at));
  }
}
