/**
 * Which instructions of a program have to wait for those before them when it runs in parts, and in how many parts it is done
 * soonest.
 */

/**
 * What a barrier costs when nobody sleeps, in nanoseconds. Measured between two cores: 130 for an empty program whose parts only meet, and some
 * hundreds more where what one part wrote comes to the other.
 */
const BARRIER_NS = 500;
/** A program that gains less than this share of its time stays on one thread: the other cores are left to others. */
const LEAST_GAIN = 0.15;

/** Instructions since the last barrier: those that part 0 did alone, and those that all did. */
interface Open {
  alone: boolean;
  divided: boolean;
}

export class Schedule {
  private readonly before: Open = { alone: false, divided: false };
  /** Those of the running group, which need nothing of one another. */
  private group: Open | null = null;
  private aloneWork = 0;
  private dividedWork = 0;
  /** With the one at the end of every batch. */
  private barriers = 1;

  /** Whether all parts must have come so far before the next instruction; counts it in. */
  needsBarrier(divided: boolean): boolean {
    const { before, group } = this;
    const needed = before.divided || (before.alone && divided);
    if (needed) {
      before.alone = before.divided = false;
      if (group !== null) group.alone = group.divided = false;
      this.barriers++;
    }
    const open = group ?? before;
    if (divided) open.divided = true;
    else open.alone = true;
    return needed;
  }

  /** Between the instructions that `write` emits no barrier is needed. */
  independently(write: () => void): void {
    const group: Open = { alone: false, divided: false };
    this.group = group;
    write();
    this.group = null;
    this.before.alone ||= group.alone;
    this.before.divided ||= group.divided;
  }

  /** What `write` emits may be left out at run time: what stands before it is then still to be waited for behind it. */
  perhaps(write: () => void): void {
    const { alone, divided } = this.before;
    write();
    this.before.alone ||= alone;
    this.before.divided ||= divided;
  }

  /** @param nanoseconds what one thread takes */
  addWork(nanoseconds: number, divided: boolean): void {
    if (divided) this.dividedWork += nanoseconds;
    else this.aloneWork += nanoseconds;
  }

  /** Parts, at most `threads`, in which a batch takes least by the estimates. */
  bestParts(threads: number): number {
    const one = this.aloneWork + this.dividedWork;
    let best = 1;
    let least = one * (1 - LEAST_GAIN);
    for (let parts = 2; parts <= threads; parts++) {
      const time = this.aloneWork + this.dividedWork / parts + this.barriers * BARRIER_NS * Math.log2(parts);
      if (time < least) [best, least] = [parts, time];
    }
    return best;
  }
}
