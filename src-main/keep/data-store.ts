import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ProblemError, succeed, type Outcome } from '../../src-worker/problem';
import type { ProjectFile } from '../bridge';
import { writeDurably, type FileSystem } from '../durable-write';
import { describeWriteFailure } from '../file-problems';
import { readWholeFile } from '../files';
import { dataName, dataPath } from '../project-parts';
import { readZip, writeZip } from '../zip';

/** Nobody names it yet, but a session that is just being written may be about to. */
const YOUNG_MS = 60 * 60 * 1000;

/** Data files as they came, each set of them once, under the hash of its content. */
export class DataStore {
  readonly #folder: string;
  readonly #fileSystem: FileSystem | undefined;

  constructor(folder: string, fileSystem?: FileSystem) {
    this.#folder = folder;
    this.#fileSystem = fileSystem;
  }

  /** @returns the word by which {@link read} finds them again */
  async keep(files: readonly ProjectFile[]): Promise<Outcome<string>> {
    try {
      const entries = files.map((file) => ({ name: dataPath(file), bytes: file.bytes, compress: false }));
      const bytes = await writeZip(entries, 'The data');
      const hash = hashOf(bytes);
      const path = this.#pathOf(hash);
      if (await this.holds(hash)) return succeed(hash);
      await mkdir(this.#folder, { recursive: true });
      const written = await writeDurably(path, bytes, { keepPrevious: false }, this.#fileSystem);
      return written.ok ? succeed(hash) : written;
    } catch (error) {
      if (error instanceof ProblemError) return fail(...error.problems);
      return fail(describeWriteFailure(this.#folder, error));
    }
  }

  /** Whether the files are still there; if so they stay as long again as those that just came. */
  async holds(hash: string): Promise<boolean> {
    const now = new Date();
    return utimes(this.#pathOf(hash), now, now).then(
      () => true,
      () => false,
    );
  }

  async read(hash: string): Promise<Outcome<readonly ProjectFile[]>> {
    const bytes = await readWholeFile(this.#pathOf(hash));
    if (!bytes.ok) return bytes;
    if (hashOf(bytes.value) !== hash) return fail(damagedData);
    try {
      const parts = await readZip(bytes.value, 'The kept data');
      return succeed(
        [...parts].flatMap(([path, content]) => {
          const named = dataName(path);
          return named === null ? [] : [{ ...named, bytes: content }];
        }),
      );
    } catch (error) {
      if (error instanceof ProblemError) return fail(...error.problems);
      throw error;
    }
  }

  /** Forgets what no session names any more. */
  async sweep(named: ReadonlySet<string>, now = Date.now()): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found === null || named.has(name) || now - found.mtimeMs < YOUNG_MS) continue;
      await unlink(path).catch(() => undefined); // the next start tries again
    }
  }

  #pathOf(hash: string): string {
    return join(this.#folder, hash);
  }
}

export const missingData = {
  code: 'session/data-missing',
  message: 'The data of this work is no longer in the folder of the app.',
  hint: 'It is written again with the next attempt, a few seconds from now.',
};

const damagedData = {
  code: 'session/data-damaged',
  message: 'The data that was kept with this work is damaged.',
  hint: 'Drop the data files on the window again.',
};

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
