import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durable-write';

const MOST_RECENT = 20;

export interface RecentProject {
  readonly path: string;
  /** When it was last opened or saved; 0 where an earlier version did not write it down. */
  readonly usedMs: number;
}

/** The projects last saved or opened, the latest first, kept in one small file. Losing it loses nothing else. */
export class RecentProjects {
  readonly #folder: string;
  readonly #file: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'recent.json');
  }

  async list(): Promise<readonly RecentProject[]> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      return Array.isArray(value) ? value.flatMap(readEntry).slice(0, MOST_RECENT) : [];
    } catch {
      return []; // not written yet, or spoilt
    }
  }

  /** A failure is not reported: the project itself is safe. */
  add(path: string, now = Date.now()): Promise<void> {
    return this.#change((others) => [{ path, usedMs: now }, ...others.filter((other) => other.path !== path)]);
  }

  /** Only from the list: the file stays where it is. */
  forget(path: string): Promise<void> {
    return this.#change((all) => all.filter((other) => other.path !== path));
  }

  #change(change: (list: readonly RecentProject[]) => readonly RecentProject[]): Promise<void> {
    const changed = this.#writing.then(async () => {
      await mkdir(this.#folder, { recursive: true });
      const list = change(await this.list()).slice(0, MOST_RECENT);
      const text = `${JSON.stringify(list, null, 2)}\n`;
      await writeDurably(this.#file, new TextEncoder().encode(text), { keepPrevious: false });
    });
    this.#writing = changed.catch(() => undefined);
    return this.#writing.then(() => undefined);
  }
}

/** The first version wrote paths alone. */
function readEntry(entry: unknown): readonly RecentProject[] {
  if (typeof entry === 'string') return [{ path: entry, usedMs: 0 }];
  if (typeof entry !== 'object' || entry === null) return [];
  const { path, usedMs } = entry as Readonly<Record<string, unknown>>;
  return typeof path === 'string' ? [{ path, usedMs: typeof usedMs === 'number' ? usedMs : 0 }] : [];
}
