import type { KernelMemory } from './memory';
import { CREW_BYTES, CREW_JOINED, CREW_PROGRAM, CREW_TICKET } from './simd/opcodes';

/** What a helper thread is told: to make an instance over the memory and to `help(part, ticket)` until it is sent away. */
export interface HelperOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly part: number;
  readonly ticket: number;
}

/** A thread beside the caller's, by whatever means the platform has. */
export interface Helper {
  order(order: HelperOrder): void;
  /** Ends the thread, whatever it is doing. */
  stop(): void;
}

/** Starts a helper; resolves when it listens, rejects where it cannot. */
export type StartHelper = () => Promise<Helper>;

/** A helper that has not joined or left after so long has died. */
const PATIENCE_MS = 5000;

/**
 * The helper threads of a module. They are started once, serve one memory at a time and sleep while there is nothing to do;
 * a network that comes with another memory takes them over. Where threads fail, there is one thread from then on: results
 * do not depend on it.
 */
export class Crew {
  private readonly module: WebAssembly.Module;
  private readonly startHelper: StartHelper | null;
  private readonly helpers: Helper[] = [];
  private broken = false;
  private starting: Promise<void> = Promise.resolve();
  private block: Int32Array | null = null;
  private memory: KernelMemory | null = null;
  /** Helpers that joined {@link memory}. */
  private joined = 0;

  constructor(module: WebAssembly.Module, startHelper: StartHelper | null) {
    this.module = module;
    this.startHelper = startHelper;
  }

  /** Starts what is missing for `wanted` threads, the caller's included; resolves with how many there are of these. */
  async start(wanted: number): Promise<number> {
    this.starting = this.starting.then(() => this.startMissing(wanted));
    await this.starting;
    return Math.min(wanted, this.helpers.length + 1);
  }

  /**
   * Brings the helpers to a memory, in which `block` is the address of the crew's words.
   * @returns false where they failed, and one thread has to do
   */
  join(memory: KernelMemory, block: number): boolean {
    if (this.memory === memory && this.joined === this.helpers.length) return this.joined > 0;
    this.leave();
    if (this.helpers.length === 0) return false;
    this.memory = memory;
    this.block = new Int32Array(memory.raw.buffer, block, CREW_BYTES / 4);
    const ticket = Atomics.load(this.block, CREW_TICKET / 4);
    this.helpers.forEach((helper, index) => {
      helper.order({ module: this.module, memory: memory.raw, part: index + 1, ticket });
    });
    this.joined = this.helpers.length;
    return this.awaitJoined(this.joined);
  }

  /** Sends the helpers away from a memory, if they are there: it is about to be dropped. */
  leave(memory = this.memory): void {
    if (memory === null || memory !== this.memory || this.block === null) return;
    const ticket = Atomics.load(this.block, CREW_TICKET / 4) + 2;
    Atomics.store(this.block, CREW_TICKET / 4, ticket - 1);
    Atomics.store(this.block, CREW_PROGRAM / 4, 0);
    Atomics.store(this.block, CREW_TICKET / 4, ticket);
    Atomics.notify(this.block, CREW_TICKET / 4);
    if (!this.awaitJoined(0)) return;
    this.memory = this.block = null;
    this.joined = 0;
  }

  /** Ends all helpers for good: a program failed in the middle, and they may wait at a barrier for ever. */
  abandon(): void {
    this.broken = true;
    for (const helper of this.helpers.splice(0)) helper.stop();
    this.memory = this.block = null;
    this.joined = 0;
  }

  private async startMissing(wanted: number): Promise<void> {
    if (this.startHelper === null || this.broken) return;
    const missing = Math.max(0, wanted - 1 - this.helpers.length);
    const started = await Promise.allSettled(Array.from({ length: missing }, this.startHelper));
    for (const each of started) if (each.status === 'fulfilled') this.helpers.push(each.value);
    // A machine that refuses one will refuse the next: ask no more.
    if (started.some(({ status }) => status === 'rejected')) this.broken = true;
  }

  /** Blocks until so many helpers stand in the block: they need nothing from this thread to get there. */
  private awaitJoined(count: number): boolean {
    const block = this.block!;
    const until = performance.now() + PATIENCE_MS;
    for (let now = Atomics.load(block, CREW_JOINED / 4); now !== count; now = Atomics.load(block, CREW_JOINED / 4)) {
      const left = until - performance.now();
      if (left > 0) Atomics.wait(block, CREW_JOINED / 4, now, left);
      else {
        this.abandon();
        return false;
      }
    }
    return true;
  }
}
