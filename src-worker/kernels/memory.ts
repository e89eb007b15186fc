import { describeBytes } from '../bytes';
import { ProblemError } from '../problem';

const PAGE_BYTES = 65_536;
/** Kernels read whole vectors and so a little past the last array. */
const SLACK_BYTES = 64;
/** All that 32-bit addresses reach, and what to settle for where so much address space cannot be reserved. */
const MOST_PAGES = [65_536, 16_384, 4_096];
export const MOST_BYTES = MOST_PAGES[0]! * PAGE_BYTES;

/**
 * A WebAssembly memory and views on it that follow its growth. Shared, so that threads can join; views therefore never leave
 * the engine, only copies do.
 */
export class KernelMemory {
  readonly raw: WebAssembly.Memory;
  private readonly mostBytes: number;
  private allFloats = new Float32Array(0) as Float32Array;
  private allDoubles = new Float64Array(0) as Float64Array;
  private allWords = new Uint32Array(0) as Uint32Array;
  private allBytes = new Uint8Array(0) as Uint8Array;

  constructor() {
    const { memory, pages } = reserve();
    this.raw = memory;
    this.mostBytes = pages * PAGE_BYTES;
    this.refresh();
  }

  get bytes(): number {
    return this.raw.buffer.byteLength;
  }

  /**
   * Grows so that addresses below `end` are usable.
   * @throws ProblemError where there is not so much memory; nothing has changed then
   */
  ensure(end: number): void {
    const missing = end + SLACK_BYTES - this.bytes;
    if (missing <= 0) return;
    if (end + SLACK_BYTES > this.mostBytes) throw outOfMemory(end, this.mostBytes);
    try {
      this.raw.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw outOfMemory(end, this.bytes);
    }
    this.refresh();
  }

  /** A live view; valid until the memory grows. */
  floats(address: number, length: number): Float32Array {
    return this.allFloats.subarray(address / 4, address / 4 + length);
  }

  words(address: number, length: number): Uint32Array {
    return this.allWords.subarray(address / 4, address / 4 + length);
  }

  byteView(address: number, length: number): Uint8Array {
    return this.allBytes.subarray(address, address + length);
  }

  double(address: number): number {
    return this.allDoubles[address / 8]!;
  }

  setDouble(address: number, value: number): void {
    this.allDoubles[address / 8] = value;
  }

  word(address: number): number {
    return this.allWords[address / 4]!;
  }

  setWord(address: number, value: number): void {
    this.allWords[address / 4] = value;
  }

  private refresh(): void {
    const { buffer } = this.raw;
    this.allFloats = new Float32Array(buffer);
    this.allDoubles = new Float64Array(buffer);
    this.allWords = new Uint32Array(buffer);
    this.allBytes = new Uint8Array(buffer);
  }
}

function reserve(): { memory: WebAssembly.Memory; pages: number } {
  for (const pages of MOST_PAGES) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum: pages, shared: true }), pages };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw outOfMemory(PAGE_BYTES, 0);
}

function outOfMemory(needed: number, available: number): ProblemError {
  return new ProblemError({
    code: 'memory/full',
    message: `The network with its data needs ${describeBytes(needed)} of memory, but only ${describeBytes(available)} are available.`,
    hint: 'Lower the batch size or the units of the widest layers, or train on fewer examples.',
  });
}
