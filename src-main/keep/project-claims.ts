import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../src-worker/problem';
import type { Claims } from './claims';

/** One window at a time works at a project file: two would save over each other. */
export class ProjectClaims {
  readonly #claims: Claims;
  readonly #window: string;

  constructor(claims: Claims, window: string) {
    this.#claims = claims;
    this.#window = window;
  }

  /** @returns null where the file is this window's now, and why it is not otherwise */
  async take(path: string): Promise<Problem | null> {
    try {
      const holder = await this.#claims.take(await claimOf(path), this.#window);
      return holder === null ? null : inUse(path);
    } catch {
      // The application's folder cannot be written: better to work without knowing of others than not at all.
      return null;
    }
  }
}

/** The same whichever way leads to the file; it need not be there yet. */
async function claimOf(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  const real = await realpath(path).catch(() => join(folder, basename(path)));
  return `project-${createHash('sha256').update(real).digest('hex').slice(0, 32)}`;
}

function inUse(path: string): Problem {
  return {
    code: 'project/in-use',
    message: `${basename(path)} is open in another window.`,
    hint: 'Go on there, or work at a copy under another name.',
    file: basename(path),
  };
}
