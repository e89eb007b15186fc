import type { Evaluations, Moment } from '../../src-worker/api';
import type { RunMark } from './run-marks';
import type { PathStep } from './run-record';
import { stateBytes } from './state-bytes';
import type { Subject } from './subject';

/** Where the run stood when an era of the history was left: enough to come back to it to the bit. */
export interface KeptMoment {
  readonly subject: Subject;
  /** Null for the initial weights, which the document alone makes. */
  readonly moment: Moment | null;
  readonly marks: readonly RunMark[];
  readonly evaluations: Evaluations | null;
  /** In the list of runs; null before the first step. */
  readonly run: number | null;
  readonly path: readonly PathStep[];
}

/** One that has weights of its own. */
export type TrainedMoment = KeptMoment & { readonly moment: Moment };

/** Bytes of weights and optimizer state that are kept for undo. */
const CAPACITY_BYTES = 512 * 2 ** 20;

/**
 * The weights that undo and redo go back to: one moment for each era. Of large networks not all fit; then the oldest go, and an
 * undo to one of them says so.
 */
export class Moments {
  readonly #kept = new Map<number, KeptMoment>();
  readonly #gone = new Set<number>();
  readonly #capacity: number;

  constructor(capacityBytes = CAPACITY_BYTES) {
    this.#capacity = capacityBytes;
  }

  get(era: number): KeptMoment | undefined {
    return this.#kept.get(era);
  }

  /** Whether the weights of an era were kept once and had to make room. */
  isGone(era: number): boolean {
    return this.#gone.has(era);
  }

  /** @param wanted an era whose moment is about to be gone back to, and so makes no room for this one */
  put(era: number, kept: KeptMoment, wanted: number): void {
    this.#kept.delete(era);
    this.#kept.set(era, kept);
    this.#gone.delete(era);
    for (const oldest of [...this.#kept.keys()]) {
      if (this.bytes <= this.#capacity) return;
      if (oldest === era || oldest === wanted) continue;
      this.#kept.delete(oldest);
      this.#gone.add(oldest);
    }
  }

  /** Held by the arrays; those that two moments share count once. */
  get bytes(): number {
    return stateBytes([...this.#kept.values()].flatMap(({ moment }) => (moment === null ? [] : [moment.state])));
  }
}
