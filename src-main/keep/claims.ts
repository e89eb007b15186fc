import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../file-problems';
import { identify, isAlive, type ProcessId } from './process-life';

/** Who has claimed something: a window of a process. */
export interface Claimant extends ProcessId {
  readonly window: string;
}

/** A sign of life this often, for systems that do not tell when a process began. */
const SIGN_MS = 30_000;
/** Claims that die in our hands this often are being fought over by others. */
const MOST_TRIES = 8;
/** Taking a claim away takes a millisecond or two: who holds the lock longer is dead. */
const LONGEST_LOCK_MS = 2_000;
const LOCK_PAUSE_MS = 10;

/**
 * What belongs to one window at a time, such as a project file: small files in a folder that all processes of this person share. A claim of
 * a process that was killed, or of a window that is gone, holds nobody up.
 */
export class Claims {
  readonly #folder: string;
  readonly #self: Promise<ProcessId>;
  readonly #windows = new Set<string>();
  /** By name; of windows of this process. */
  readonly #held = new Map<string, string>();
  #signs: NodeJS.Timeout | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#self = identify(process.pid);
  }

  /** A window of this process is there. False where it is there already: two pages must not take themselves for one window. */
  enter(window: string): boolean {
    if (this.#windows.has(window)) return false;
    this.#windows.add(window);
    return true;
  }

  /** It is gone, in whatever way; what it had claimed is free. */
  async leave(window: string): Promise<void> {
    this.#windows.delete(window);
    const held = [...this.#held].filter(([, holder]) => holder === window);
    for (const [name] of held) await this.#free(name);
  }

  /** @returns null where it belongs to the window now, else who has it */
  async take(name: string, window: string): Promise<Claimant | null> {
    await mkdir(this.#folder, { recursive: true });
    const path = this.#pathOf(name);
    const self = { ...(await this.#self), window };
    let other: Claimant = self;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (await create(path, JSON.stringify(self))) {
        this.#hold(name, window);
        return null;
      }
      const text = await readIfThere(path);
      if (text === null) continue;
      const found = parseClaimant(text);
      if (found !== null && isSame(found, self)) return null;
      if (found !== null && (await this.#lives(found, path))) return found;
      other = found ?? other;
      await clear(path, text);
    }
    return other;
  }

  /** Who has it now; null for nobody. */
  async holder(name: string): Promise<Claimant | null> {
    const path = this.#pathOf(name);
    const text = await readIfThere(path);
    const found = text === null ? null : parseClaimant(text);
    return found !== null && (await this.#lives(found, path)) ? found : null;
  }

  /** Frees what the window has claimed; nothing where it has not. */
  async release(name: string, window: string): Promise<void> {
    if (this.#held.get(name) === window) await this.#free(name);
  }

  async #lives(claimant: Claimant, path: string): Promise<boolean> {
    const self = await this.#self;
    if (claimant.pid === self.pid && claimant.began === self.began) return this.#windows.has(claimant.window);
    const lastSign = await stat(path).catch(() => null);
    return lastSign !== null && isAlive(claimant, lastSign.mtimeMs);
  }

  #hold(name: string, window: string): void {
    this.#held.set(name, window);
    this.#signs ??= setInterval(() => void this.#giveSigns(), SIGN_MS).unref();
  }

  async #free(name: string): Promise<void> {
    this.#held.delete(name);
    await unlink(this.#pathOf(name)).catch(() => undefined); // gone already: free all the same
    if (this.#held.size > 0 || this.#signs === null) return;
    clearInterval(this.#signs);
    this.#signs = null;
  }

  async #giveSigns(): Promise<void> {
    const now = new Date();
    for (const name of this.#held.keys()) await utimes(this.#pathOf(name), now, now).catch(() => undefined);
  }

  #pathOf(name: string): string {
    return join(this.#folder, `${name}.claim`);
  }
}

/** Makes the file with its whole content at once; false where there is one. */
async function create(path: string, text: string): Promise<boolean> {
  const whole = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(whole, 'wx');
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  try {
    await link(whole, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    return await createByName(path, text, error);
  } finally {
    await unlink(whole).catch(() => undefined);
  }
}

/** For file systems without hard links. */
async function createByName(path: string, text: string, cause: unknown): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw cause;
  }
}

/**
 * Takes away the claim of the dead. Only who holds the lock beside it does, and looks once more: a claim that somebody has made meanwhile
 * is never touched, not for a moment.
 */
async function clear(path: string, text: string): Promise<void> {
  const lock = `${path}.lock`;
  try {
    await (await open(lock, 'wx')).close();
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    await outlast(lock);
    return;
  }
  try {
    if ((await readIfThere(path)) === text) await unlink(path);
  } finally {
    await unlink(lock).catch(() => undefined);
  }
}

/** Waits a moment for who holds the lock; one whose holder was killed is taken away. */
async function outlast(lock: string): Promise<void> {
  const began = await stat(lock).catch(() => null);
  if (began !== null && Date.now() - began.mtimeMs > LONGEST_LOCK_MS) await unlink(lock).catch(() => undefined);
  else await new Promise((done) => setTimeout(done, LOCK_PAUSE_MS));
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function isSame(a: Claimant, b: Claimant): boolean {
  return a.pid === b.pid && a.began === b.began && a.window === b.window;
}

/** Null for what was cut off while it was written. */
function parseClaimant(text: string): Claimant | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, began, window } = value as Readonly<Record<string, unknown>>;
    const sound = typeof pid === 'number' && typeof window === 'string';
    return sound ? { pid, began: typeof began === 'string' ? began : null, window } : null;
  } catch {
    return null;
  }
}
