import { access, constants, readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { ProblemError, type Problem } from '../../src-worker/problem';
import { writeDurably } from '../durable-write';
import { describeReadFailure, describeWriteFailure, systemErrorCode } from '../file-problems';
import type { Io } from './command';

/** Reads a whole file; @throws ProblemError that says why it could not. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array> {
  const full = resolve(io.cwd(), path);
  try {
    return await readFile(full);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') throw new ProblemError(notThere(full));
    throw new ProblemError(describeReadFailure(full, error));
  }
}

function notThere(path: string): Problem {
  return {
    code: 'open/not-found',
    message: `There is no file ${basename(path)} in ${dirname(path)}.`,
    hint: 'Check the name; data files that do not lie beside the document are named with --data and --test-data.',
    file: basename(path),
  };
}

/** Reads data files as the trainer takes them, in the given order. */
export async function readDataFiles(paths: readonly string[], io: Io): Promise<File[]> {
  const files: File[] = [];
  for (const path of paths) files.push(toFile(basename(path), await readBytes(path, io)));
  return files;
}

/** Bytes as the window would have them from a drop. */
export function toFile(name: string, bytes: Uint8Array): File {
  // Nothing on the command line shares memory between threads, which is all that the type of File excludes.
  return new File([bytes as Uint8Array<ArrayBuffer>], name);
}

/** Writes a file so that a good one is never replaced by a short one; @throws ProblemError that says why it could not. */
export async function writeOutput(path: string, bytes: Uint8Array, io: Io): Promise<void> {
  const outcome = await writeDurably(resolve(io.cwd(), path), bytes, { keepPrevious: false });
  if (!outcome.ok) throw new ProblemError(outcome.problems[0]!, ...outcome.problems.slice(1));
}

/** Finds out before hours of training, not after, that a result cannot be written where it is wanted. */
export async function checkOutputs(paths: readonly (string | undefined)[], io: Io): Promise<void> {
  for (const path of paths) {
    if (path === undefined) continue;
    const full = resolve(io.cwd(), path);
    try {
      await access(dirname(full), constants.W_OK);
    } catch (error) {
      throw new ProblemError(describeWriteFailure(full, error));
    }
    const isFolder = await stat(full).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) {
      throw new ProblemError({
        code: 'cli/output-is-folder',
        message: `${path} is a folder, not a file.`,
        hint: 'Name a file in it.',
        file: path,
      });
    }
  }
}
