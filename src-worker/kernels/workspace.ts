import type { Place } from '../plan';
import { Arena } from './arena';
import type { ProgramBuilder } from './program';
import {
  HEADER_BATCH_SIZE,
  HEADER_BYTES,
  HEADER_CODE,
  HEADER_EXAMPLES,
  HEADER_ORDER,
  HEADER_PARTS,
  HEADER_SCRATCH_BYTES,
} from './simd/opcodes';
import type { KernelInstance } from './wasm';

/** Arrays that were placed together and are given back together. */
export interface Claim<T> {
  readonly value: T;
  release(): void;
}

/** A program with its header, placed but perhaps not yet written. */
export interface PlacedProgram {
  readonly header: number;
  readonly code: number;
  readonly words: Uint32Array;
  readonly parts: number;
  /** Of each part. */
  readonly scratchBytes: number;
}

/** Places a finished program with its scratch. */
export function placeProgram(builder: ProgramBuilder, place: Place): PlacedProgram {
  const { parts, scratchBytes } = builder;
  const ofProgram = (bytes: number): number => place(bytes, 'scratch');
  const words = builder.finish(ofProgram(parts * scratchBytes));
  return { header: ofProgram(HEADER_BYTES), code: ofProgram(words.byteLength), words, parts, scratchBytes };
}

/** The memory of one network, and what lies where in it. */
export class Workspace {
  readonly instance: KernelInstance;
  private readonly arena: Arena;

  constructor(instance: KernelInstance) {
    this.instance = instance;
    this.arena = new Arena(instance.exports.heapBase());
  }

  get usedBytes(): number {
    return this.arena.usedBytes;
  }

  /**
   * Lets `build` place arrays, then makes sure of the memory for all of them at once.
   * @throws ProblemError where there is not so much; nothing is placed then
   */
  claim<T>(build: (place: Place) => T): Claim<T> {
    const addresses: number[] = [];
    const release = (): void => {
      for (const address of addresses.splice(0)) this.arena.release(address);
    };
    const value = build((bytes) => {
      const address = this.arena.place(bytes);
      addresses.push(address);
      return address;
    });
    try {
      this.instance.memory.ensure(this.arena.end);
    } catch (error) {
      release();
      throw error;
    }
    return { value, release };
  }

  /** Sets `bytes` from `address` on to zero; what a claim holds is otherwise unspecified. */
  clear(address: number, bytes: number): void {
    this.instance.memory.byteView(address, bytes).fill(0);
  }

  /** Writes a placed program into the memory. */
  install({ header, code, words, scratchBytes }: PlacedProgram): void {
    const { memory } = this.instance;
    memory.words(code, words.length).set(words);
    memory.setWord(header + HEADER_CODE, code);
    memory.setWord(header + HEADER_SCRATCH_BYTES, scratchBytes);
  }

  /** Runs `count` batches from number `first` on, with as many threads as the program was planned for; the header has the result. */
  run({ header, parts }: PlacedProgram, first: number, count: number): void {
    const { exports, memory, crew } = this.instance;
    const together = parts > 1 && crew.join(memory, exports.crewBlock());
    memory.setWord(header + HEADER_PARTS, together ? parts : 1);
    try {
      exports.runBatches(header, first, count);
    } catch (error) {
      crew.abandon();
      throw error;
    }
  }

  /** What a program runs over: batches of `batchSize` out of `examples`, in the order at `order`, or as they lie where it is 0. */
  aim({ header }: PlacedProgram, examples: number, batchSize: number, order: number): void {
    const { memory } = this.instance;
    memory.setWord(header + HEADER_EXAMPLES, examples);
    memory.setWord(header + HEADER_BATCH_SIZE, batchSize);
    memory.setWord(header + HEADER_ORDER, order);
  }
}
