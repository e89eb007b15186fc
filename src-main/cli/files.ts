import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemError, type Problem } from '../../src-worker/problem';
import { checkWritable, writeDurably } from '../durable-write';
import { keepOlder } from '../older-projects';
import { decodeVersioned } from '../projects';
import { describeReadFailure, describeWriteFailure, systemErrorCode } from '../file-problems';
import { filesInFolder } from './folder-files';
import type { Io } from './command';

/** A file, or the files of a folder whose path ends in /. */
type Content = Uint8Array | readonly { readonly name: string; readonly bytes: Uint8Array }[];

/** What is to be written, made only when its turn comes. */
export interface Output {
  readonly path: string;
  encode(): Content | Promise<Content>;
}

/**
 * Reads a whole file, or a pipe to its end.
 * @param way what to do where there is no such file
 * @throws ProblemError that says why it could not be read
 */
export async function readBytes(path: string, io: Io, way = 'Check the name.'): Promise<Uint8Array> {
  const full = resolve(io.cwd(), path);
  try {
    const found = await stat(full);
    // Some devices never end.
    if (found.isBlockDevice() || found.isCharacterDevice()) throw new ProblemError(device(path));
    return await readFile(full);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (systemErrorCode(error) === 'ENOENT') throw new ProblemError(notThere(full, way));
    throw new ProblemError(describeReadFailure(full, error));
  }
}

function notThere(path: string, way: string): Problem {
  return {
    code: 'open/not-found',
    message: `There is no file ${basename(path)} in ${dirname(path)}.`,
    hint: way,
    file: basename(path),
  };
}

function device(path: string): Problem {
  return { code: 'open/device', message: `${path} is a device, not a file.`, hint: 'Name a file.', file: path };
}

/**
 * Reads data files as the trainer takes them, in the given order; those of a folder bear its name and a / before theirs, and are read when they
 * are needed; `way` as in {@link readBytes}.
 */
export async function readDataFiles(paths: readonly string[], io: Io, way?: string): Promise<File[]> {
  const files: File[] = [];
  for (const path of paths) {
    const inside = await filesInFolder(resolve(io.cwd(), path));
    files.push(...(inside ?? [toFile(basename(path), await readBytes(path, io, way))]));
  }
  return files;
}

/** Bytes as the window would have them from a drop. */
export function toFile(name: string, bytes: Uint8Array): File {
  // Nothing on the command line shares memory between threads, which is all that the type of File excludes.
  return new File([bytes as Uint8Array<ArrayBuffer>], name);
}

/** Writes so that a good file is never replaced by a short one; @throws ProblemError that says why it could not. */
export async function writeOutput(path: string, content: Content, io: Io): Promise<void> {
  if (!(content instanceof Uint8Array)) {
    for (const { name, bytes } of content) await writeOutput(join(path, name), bytes, io);
    return;
  }
  const outcome = await writeDurably(resolve(io.cwd(), path), content, { keepPrevious: false });
  if (!outcome.ok) throw new ProblemError(outcome.problems[0]!, ...outcome.problems.slice(1));
}

/** Keeps a project of an older version beside the one that is about to be written over it, and says so; @throws ProblemError where it could not. */
export async function keepOlderOutput(path: string, io: Io): Promise<void> {
  const kept = await keepOlder(resolve(io.cwd(), path), (name, bytes) => decodeVersioned(bytes, name));
  if (!kept.ok) throw new ProblemError(kept.problems[0]!, ...kept.problems.slice(1));
  if (kept.value !== null) {
    io.stderr.write(`${basename(path)} was saved by an earlier Layerlab; that file is kept as ${kept.value}.\n`);
  }
}

/** `net/: 17,671 bytes in 2 files`. */
export function describeWritten(path: string, content: Content): string {
  if (content instanceof Uint8Array) return `${path}: ${content.length.toLocaleString('en')} bytes`;
  const bytes = content.reduce((sum, part) => sum + part.bytes.length, 0);
  return `${path}: ${bytes.toLocaleString('en')} bytes in ${content.length} files`;
}

/** Makes the folder where there is none. */
async function checkFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new ProblemError(describeWriteFailure(path, error));
  }
}

/** Finds out before hours of training, not after, that a result cannot be written where it is wanted. */
export async function checkOutputs(paths: readonly (string | undefined)[], io: Io): Promise<void> {
  for (const path of paths) {
    if (path === undefined) continue;
    const intoFolder = path.endsWith('/');
    // Any name serves to try whether files can be written there.
    const full = resolve(io.cwd(), intoFolder ? `${path}layerlab` : path);
    if (intoFolder) await checkFolder(dirname(full));
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
    const writable = await checkWritable(full);
    if (!writable.ok) throw new ProblemError(writable.problems[0]!, ...writable.problems.slice(1));
  }
}

/**
 * Writes every file and says so, also after one that fails: what a long run has found is not given up for a disk that is full.
 * @throws ProblemError with everything that could not be made or written
 */
export async function writeOutputs(outputs: readonly Output[], io: Io): Promise<void> {
  const problems: Problem[] = [];
  for (const { path, encode } of outputs) {
    try {
      const content = await encode();
      await writeOutput(path, content, io);
      io.stdout.write(`${describeWritten(path, content)}\n`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  const [first, ...others] = problems;
  if (first !== undefined) throw new ProblemError(first, ...others);
}
