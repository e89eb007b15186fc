import * as op from './opcodes';

/**
 * The threads that run one program in lockstep. Part 0 calls, the others help: they wait for a call, run it with part 0
 * from barrier to barrier, and wait again, until they are sent away. What they share stands in a block of the memory, each
 * word that is written while others spin on it in a cache line of its own.
 */

/**
 * Looks before a thread that waits goes to sleep, 0.6 ns each (measured). To wake a thread takes up to some 100 µs: a part that looks
 * for less sleeps at the next barrier too, because the other has only just been woken, and so they would go on, at half the
 * speed (measured). One that looks for long wastes a core where the others wait for this very one. So the parts find out: looks
 * that end well double their number, those in vain halve it, and now and then a thread that has come down tries the most.
 */
const MOST_LOOKS: i32 = 1 << 20;
const LEAST_LOOKS: i32 = 1 << 14;
/** Waits in vain between two tries. */
const TRY_AFTER: i32 = 64;

/** How often this thread looks at a barrier: no result depends on it. */
let looks: i32 = MOST_LOOKS;
let inVain: i32 = 0;

/**
 * Sleeps until somebody notifies at `address`, unless the word there is no longer `value`. JavaScript’s Atomics.wait: around the
 * instruction of WebAssembly, V8 11.3 (Node 20) loses local variables in code that it has not optimised yet. Imported from `crew`,
 * after this file.
 */
declare function sleep(address: usize, value: i32): void;

/** Address of the block. */
export function crewBlock(): usize {
  return (__heap_base + 63) & ~63;
}

/** Tells the helpers what to run; returns the number of the call. */
export function call(program: usize, first: i32, count: i32, parts: i32): i32 {
  const crew = crewBlock();
  // Odd while it is being written, so that a helper that slept through the last call never reads half of this one.
  const ticket = atomic.load<i32>(crew, op.CREW_TICKET) + 2;
  atomic.store<i32>(crew, ticket - 1, op.CREW_TICKET);
  atomic.store<u32>(crew, <u32>program, op.CREW_PROGRAM);
  atomic.store<i32>(crew, first, op.CREW_FIRST);
  atomic.store<i32>(crew, count, op.CREW_COUNT);
  atomic.store<i32>(crew, parts, op.CREW_PARTS);
  atomic.store<i32>(crew, ticket, op.CREW_TICKET);
  if (atomic.load<i32>(crew, op.CREW_SLEEPERS) > 0) atomic.notify(crew + op.CREW_TICKET, -1);
  return ticket;
}

/** Waits for a call after the one numbered `last`; returns its number. */
export function awaitCall(last: i32): i32 {
  const crew = crewBlock();
  while (true) {
    for (let look = 0; look < LEAST_LOOKS; look++) {
      const ticket = atomic.load<i32>(crew, op.CREW_TICKET);
      if (ticket != last && (ticket & 1) == 0) return ticket;
    }
    atomic.add<i32>(crew, 1, op.CREW_SLEEPERS);
    sleep(crew + op.CREW_TICKET, last);
    atomic.sub<i32>(crew, 1, op.CREW_SLEEPERS);
  }
}

/** Whether call `ticket` is still the latest: what was read of it then belongs to it. */
export function isLatest(ticket: i32): bool {
  return atomic.load<i32>(crewBlock(), op.CREW_TICKET) == ticket;
}

/** Counts a helper in (1) or out (-1). */
export function count(change: i32): void {
  const crew = crewBlock();
  atomic.add<i32>(crew, change, op.CREW_JOINED);
  atomic.notify(crew + op.CREW_JOINED, -1);
}

/** Returns when all parts have come here: what they wrote before, all of them see after. */
export function barrier(parts: i32): void {
  const crew = crewBlock();
  const phase = atomic.load<i32>(crew, op.CREW_PHASE);
  if (atomic.add<i32>(crew, 1, op.CREW_ARRIVED) == parts - 1) {
    atomic.store<i32>(crew, 0, op.CREW_ARRIVED);
    atomic.add<i32>(crew, 1, op.CREW_PHASE);
    if (atomic.load<i32>(crew, op.CREW_PHASE_SLEEPERS) > 0) atomic.notify(crew + op.CREW_PHASE, -1);
    return;
  }
  for (let look = 0; look < looks; look++) {
    if (atomic.load<i32>(crew, op.CREW_PHASE) != phase) {
      looks = min(looks << 1, MOST_LOOKS);
      return;
    }
  }
  inVain = (inVain + 1) % TRY_AFTER;
  looks = inVain == 0 ? MOST_LOOKS : max(looks >> 1, LEAST_LOOKS);
  atomic.add<i32>(crew, 1, op.CREW_PHASE_SLEEPERS);
  while (atomic.load<i32>(crew, op.CREW_PHASE) == phase) sleep(crew + op.CREW_PHASE, phase);
  atomic.sub<i32>(crew, 1, op.CREW_PHASE_SLEEPERS);
}

/** A barrier after which all parts know whether one of them has seen a reason to end call `ticket`. */
export function anyFailed(failed: bool, parts: i32, ticket: i32): bool {
  if (parts == 1) return failed;
  const crew = crewBlock();
  // The number of the call, never reset: a part that is late to look cannot miss it.
  if (failed) atomic.store<i32>(crew, ticket, op.CREW_STOPPED);
  barrier(parts);
  return atomic.load<i32>(crew, op.CREW_STOPPED) == ticket;
}
