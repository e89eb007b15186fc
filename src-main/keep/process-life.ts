import { readFile } from 'node:fs/promises';

/** A process in such a way that another one, which gets the same number later, is not taken for it. */
export interface ProcessId {
  readonly pid: number;
  /** When it began and in which boot of the machine, where the system tells; null elsewhere. */
  readonly began: string | null;
}

/** How old the sign of life of a process may be where the system does not tell when it began. */
const FRESH_MS = 90_000;

export async function identify(pid: number): Promise<ProcessId> {
  return { pid, began: await beganAt(pid) };
}

/** @param lastSignMs when the process last gave a sign of life */
export async function isAlive({ pid, began }: ProcessId, lastSignMs: number, now = Date.now()): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const found = await beganAt(pid);
  if (found === null || began === null) return now - lastSignMs < FRESH_MS;
  return found === began;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and ends nothing
    return true;
  } catch (error) {
    // It runs as someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux tells when a process began, in ticks since the machine did. */
async function beganAt(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name of the program stands in brackets and may hold anything: the fields behind it begin with the third, the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (ticks === undefined) return null;
    return state === 'Z' || state === 'X' ? 'ended' : `${boot.trim()} ${ticks}`;
  } catch {
    return null;
  }
}
