import type { ThreadUse } from '../engine';
import { Schedule } from './schedule';
import * as op from './simd/opcodes';

/**
 * A size in a program: positive as it is, negative per example of the running batch. `-1` is the batch, `-128` is 128 numbers
 * of each example.
 */
export type Dimension = number;

/** `count` per example. */
export function perExample(count: number): Dimension {
  return -count;
}

/**
 * What one thread takes a number, in nanoseconds: they decide only what is worth dividing. Measured with `npm run bench -- --profile` on an AMD
 * EPYC (Zen 4): products and convolutions 0.037 to 0.074, gather of MNIST 0.11, check of gradients 0.2 to 0.3, tanh 1.05, updates 0.33 to 0.38.
 */
export const COSTS = { multiplyAdd: 0.045, copy: 0.11, pass: 0.25, exponential: 1, update: 0.35 } as const;
/** Less than a few barriers' worth is not divided. */
const LEAST_DIVIDED = 2000;
const CACHE_LINE_BYTES = 64;
export const CACHE_LINE_NUMBERS = 16;

/** The instructions of a program as they are written: who does each, and what it has to wait for. */
export class Instructions {
  protected readonly code: number[] = [];
  /** Where in the code the address of the scratch belongs. */
  private readonly scratchWords: number[] = [];
  protected readonly rows: number;
  private readonly threads: ThreadUse;
  protected readonly schedule = new Schedule();
  private scratch = 0;

  /**
   * @param rows    most examples of a batch
   * @param threads what it may run on
   */
  constructor(rows: number, threads: ThreadUse) {
    this.rows = rows;
    this.threads = threads;
  }

  /** Bytes of scratch that the instructions so far share, in each part. */
  get scratchBytes(): number {
    return Math.ceil(this.scratch / CACHE_LINE_BYTES) * CACHE_LINE_BYTES;
  }

  /** Parts in which the program so far is done soonest, by the estimates: 1 where waiting for one another costs more than it saves. */
  get parts(): number {
    return this.threads.always === true ? this.threads.most : this.schedule.bestParts(this.threads.most);
  }

  /** The finished program. */
  finish(scratch: number): Uint32Array {
    for (const word of this.scratchWords) this.code[word] = scratch;
    return Uint32Array.from([...this.code, op.END, 2 | op.DIVIDED]);
  }

  /** Instructions that need nothing of one another: no part waits between them. */
  independently(write: () => void): void {
    this.schedule.independently(write);
  }

  /** How large a dimension is in a full batch. */
  protected numbers(size: Dimension): number {
    return size < 0 ? -size * this.rows : size;
  }

  /** An instruction that every part does a share of, where that pays; `work` in nanoseconds of one thread. */
  protected divide(work: number, opcode: number, ...args: number[]): void {
    if (work < LEAST_DIVIDED && this.threads.always !== true) this.alone(work, opcode, ...args);
    else this.push(work, true, opcode, args);
  }

  /** As {@link divide}; the last argument is the address of `bytes` of scratch for each part, which hold nothing from one to the next. */
  protected divideWithScratch(bytes: number, work: number, opcode: number, ...args: number[]): void {
    this.scratch = Math.max(this.scratch, bytes);
    this.divide(work, opcode, ...args, 0);
    this.scratchWords.push(this.code.length - 1);
  }

  /** An instruction that part 0 does while the others go on to the next barrier. */
  protected alone(work: number, opcode: number, ...args: number[]): void {
    this.push(work, false, opcode, args);
  }

  /** An instruction that all parts take part in, however small: it decides for all. */
  protected together(opcode: number, ...args: number[]): void {
    this.push(0, true, opcode, args);
  }

  private push(work: number, divided: boolean, opcode: number, args: readonly number[]): void {
    const flags = (this.schedule.needsBarrier(divided) ? op.BARRIER : 0) | (divided ? op.DIVIDED : 0);
    this.schedule.addWork(work, divided);
    this.code.push(opcode, (args.length + 2) | flags, ...args);
  }
}
