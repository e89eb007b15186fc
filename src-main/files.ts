import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, succeed, type Outcome } from '../src-worker/problem';
import { describeReadFailure, describeWriteFailure, systemErrorCode } from './file-problems';
import { PROJECT_EXTENSION } from './file-names';

export interface FoundFile {
  readonly path: string;
  readonly modifiedMs: number;
}

/** A project is held in memory as a whole; this is a little more than its largest content. */
const MOST_BYTES = 1.1 * 2 ** 30;
const MOST_LISTED = 1_000;

/** The bytes of a whole file; fails for what is no plain file or too large to be one of ours. */
export async function readWholeFile(path: string): Promise<Outcome<Uint8Array>> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (found.isFile() && found.size <= MOST_BYTES) return succeed(new Uint8Array(await file.readFile()));
      const what = found.isFile()
        ? `has ${found.size} bytes, more than any project`
        : 'is a folder or device, not a file';
      return fail({
        code: 'open/not-a-project',
        message: `${basename(path)} ${what}.`,
        hint: 'Choose a file that Layerlab saved.',
        file: basename(path),
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    return fail(describeReadFailure(path, error));
  }
}

/** What lies at a path that is about to be written: nothing, a plain file, or something that must not be replaced. */
export async function lookAt(path: string): Promise<Outcome<'nothing' | 'file'>> {
  try {
    if ((await lstat(path)).isFile()) return succeed('file');
    return fail({
      code: 'save/not-a-file',
      message: `${basename(path)} is there already as a folder or a link.`,
      hint: 'Choose another name.',
      file: basename(path),
    });
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? succeed('nothing') : fail(describeWriteFailure(path, error));
  }
}

/** The projects in a folder, the newest first; a folder that does not exist yet holds none. */
export async function listProjectFiles(folder: string): Promise<Outcome<readonly FoundFile[]>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => name.toLowerCase().endsWith(`.${PROJECT_EXTENSION}`));
    return succeed(await findFiles(names.map((name) => join(folder, name))));
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? succeed([]) : fail(describeReadFailure(folder, error));
  }
}

/** Those of the paths where a plain file lies, the newest first. */
export async function findFiles(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const looked = await Promise.allSettled(paths.map(async (path) => ({ path, found: await lstat(path) })));
  return looked
    .flatMap((look) => (look.status === 'fulfilled' && look.value.found.isFile() ? [look.value] : []))
    .map(({ path, found }) => ({ path, modifiedMs: found.mtimeMs }))
    .sort((a, b) => b.modifiedMs - a.modifiedMs)
    .slice(0, MOST_LISTED);
}
