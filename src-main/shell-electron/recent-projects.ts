import { readFile } from 'node:fs/promises';
import { writeDurably } from '../durable-write';

const MOST_RECENT = 10;

/** Paths of the projects last saved or opened, the latest first, kept in one small file. Losing it loses nothing else. */
export class RecentProjects {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async list(): Promise<readonly string[]> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      return Array.isArray(value) ? value.filter((path) => typeof path === 'string').slice(0, MOST_RECENT) : [];
    } catch {
      return []; // not written yet, or spoilt
    }
  }

  /** A failure is not reported: the project itself is safe. */
  async add(path: string): Promise<void> {
    const others = (await this.list()).filter((other) => other !== path);
    const text = `${JSON.stringify([path, ...others].slice(0, MOST_RECENT), null, 2)}\n`;
    await writeDurably(this.#file, new TextEncoder().encode(text), { keepPrevious: false });
  }
}
