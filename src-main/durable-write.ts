import { createHash, randomBytes } from 'node:crypto';
import * as nodeFileSystem from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, succeed, type Outcome } from '../src-worker/problem';
import { describeWriteFailure, systemErrorCode } from './file-problems';

/** The few file-system calls of a durable write, as `node:fs/promises` has them; a test fails each one in turn. */
export interface FileSystem {
  open(path: string, flags: 'wx' | 'r', mode?: number): Promise<OpenFile>;
  stat(path: string): Promise<{ readonly mode: number }>;
  link(from: string, to: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export interface OpenFile {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface DurableWriteOptions {
  /** Keep what was there before as `NAME.bak`. */
  readonly keepPrevious: boolean;
}

/** A read or write of a whole file goes in pieces of this size. */
const PIECE_BYTES = 1 << 20;

/** Errors of systems that cannot flush a directory (Windows, some network shares): the rename is all they offer. */
const CANNOT_SYNC_DIRECTORY: ReadonlySet<string | null> = new Set([
  'EPERM',
  'EACCES',
  'EISDIR',
  'EINVAL',
  'ENOTSUP',
  'ENOSYS',
]);

/** Errors of file systems without hard links (FAT, exFAT, some network shares). */
const CANNOT_LINK: ReadonlySet<string | null> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
]);

/**
 * Replaces or creates a file so that at every moment, whatever fails, `path` is either the whole old file or the whole new one:
 * a temporary file in the same folder takes all bytes, is flushed and read back; only then it is renamed over the old file, and
 * the folder is flushed. On failure the temporary file is removed and the problem names the folder, the cause and what to do.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  options: DurableWriteOptions,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<Outcome<null>> {
  const folder = dirname(path);
  const temporary = temporaryIn(folder);
  let renamed = false;
  try {
    const previous = await modeOf(path, fileSystem);
    await writeAll(temporary, bytes, previous ?? 0o666, fileSystem);
    await confirmWritten(temporary, bytes, fileSystem);
    if (options.keepPrevious && previous !== null) await keepAsBackup(path, temporary, fileSystem);
    await fileSystem.rename(temporary, path);
    renamed = true;
    await syncFolder(folder, fileSystem);
    return succeed(null);
  } catch (error) {
    if (!renamed) {
      // The first failure is the one to report; a temporary file that cannot be removed harms nothing.
      await fileSystem.unlink(temporary).catch(() => undefined);
      return fail(describeWriteFailure(path, error));
    }
    return fail({
      code: 'save/unconfirmed',
      message: `${basename(path)} was saved whole in ${folder}, but the disk did not confirm it.`,
      hint: 'Save once more, and check that disk.',
      file: basename(path),
    });
  }
}

/**
 * Finds out whether a file can be made in the folder of `path`, by making one and taking it away again: permission bits alone
 * say nothing about read-only disks, access lists or a path that leads through a file.
 */
export async function checkWritable(path: string, fileSystem: FileSystem = nodeFileSystem): Promise<Outcome<null>> {
  const trial = temporaryIn(dirname(path));
  try {
    await (await fileSystem.open(trial, 'wx', 0o600)).close();
    await fileSystem.unlink(trial);
    return succeed(null);
  } catch (error) {
    await fileSystem.unlink(trial).catch(() => undefined);
    return fail(describeWriteFailure(path, error));
  }
}

function temporaryIn(folder: string): string {
  return join(folder, `.layerlab-${randomBytes(8).toString('hex')}.tmp`);
}

/** Permission bits of the file to be replaced, or null where there is none yet. */
async function modeOf(path: string, fileSystem: FileSystem): Promise<number | null> {
  try {
    return (await fileSystem.stat(path)).mode & 0o777;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function writeAll(path: string, bytes: Uint8Array, mode: number, fileSystem: FileSystem): Promise<void> {
  await withFile(await fileSystem.open(path, 'wx', mode), async (file) => {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await file.write(bytes, written, Math.min(PIECE_BYTES, bytes.length - written));
      // A disk that takes nothing and reports no error would loop for ever.
      if (bytesWritten <= 0) throw new Error('the disk took no more bytes');
      written += bytesWritten;
    }
    await file.sync();
  });
}

/** Reads the file back and compares length and SHA-256: a short or garbled write must never replace a good file. */
async function confirmWritten(path: string, bytes: Uint8Array, fileSystem: FileSystem): Promise<void> {
  const found = createHash('sha256');
  let length = 0;
  await withFile(await fileSystem.open(path, 'r'), async (file) => {
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, length);
      if (bytesRead === 0) break;
      found.update(piece.subarray(0, bytesRead));
      length += bytesRead;
    }
  });
  const same = length === bytes.length && found.digest().equals(createHash('sha256').update(bytes).digest());
  if (!same) throw new Error(`only ${length} of ${bytes.length} bytes could be read back unchanged`);
}

/** Gives the previous file a second name, then moves that over the older backup: `path` itself is not touched. */
async function keepAsBackup(path: string, temporary: string, fileSystem: FileSystem): Promise<void> {
  const second = `${temporary}.bak`;
  try {
    try {
      await fileSystem.link(path, second);
    } catch (error) {
      if (!CANNOT_LINK.has(systemErrorCode(error))) throw error;
      await fileSystem.copyFile(path, second);
    }
    await fileSystem.rename(second, `${path}.bak`);
  } catch (error) {
    await fileSystem.unlink(second).catch(() => undefined);
    throw error;
  }
}

async function syncFolder(folder: string, fileSystem: FileSystem): Promise<void> {
  try {
    await withFile(await fileSystem.open(folder, 'r'), (handle) => handle.sync());
  } catch (error) {
    if (!CANNOT_SYNC_DIRECTORY.has(systemErrorCode(error))) throw error;
  }
}

/** Closes the file whatever happens; a failed close counts, because some systems report a lost write only there. */
async function withFile(file: OpenFile, use: (file: OpenFile) => Promise<void>): Promise<void> {
  try {
    await use(file);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
}
